using Wye.Learning.Evaluation;
using Wye.Learning.Reading;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>All figures of one router on one set.</summary>
internal sealed record EvalSection
{
    /// <summary>Drift of live gains against the sample that threshold calibration saw.</summary>
    internal sealed record DriftFigures(double Psi, double CalibratedShare, double RealisedShare);

    /// <summary>The set.</summary>
    public required LabelledSet Set { get; init; }

    /// <summary>Weak and strong; null for a pool.</summary>
    public (string Weak, string Strong)? Pair { get; init; }

    /// <summary>Figures over the strong share; null for a pool.</summary>
    public PairReport? Curve { get; init; }

    /// <summary>Figures of choices, models and tasks.</summary>
    public required PoolReport Report { get; init; }

    /// <summary>The questions behind the figures.</summary>
    public required RoutedQuestions Routed { get; init; }

    /// <summary>Time of one decision.</summary>
    public required RouterTiming Timing { get; init; }

    /// <summary>Choices under harmless rewording; null when not asked for.</summary>
    public Perturbation? Perturbation { get; init; }

    /// <summary>Null when the router has no calibrated threshold for this pair.</summary>
    public DriftFigures? Drift { get; init; }

    /// <summary>How the questions came to be unseen, in words.</summary>
    public required string Scheme { get; init; }

    /// <summary>Questions left out because the router was trained on them.</summary>
    public int LeftOut { get; init; }

    /// <summary>Title for people.</summary>
    public string Title =>
        Pair is { } pair ? $"{Set.Name}: {pair.Weak} → {pair.Strong}" : $"{Set.Name}: pool of {Report.Models.Count}";
}
