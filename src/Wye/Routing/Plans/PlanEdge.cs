namespace Wye.Routing.Plans;

/// <summary>A way out of a node. The first edge in order that fits is followed; if none fits the plan ends there.</summary>
/// <param name="On">What must have happened.</param>
/// <param name="Target">Index of the next node, or one of the <see cref="PlanEnd"/> values.</param>
public readonly record struct PlanEdge(EdgeEvent On, int Target)
{
    /// <summary>For <see cref="EdgeEvent.Failed"/>: kinds it takes.</summary>
    public FailureKindSet Failures { get; init; }

    /// <summary>For <see cref="EdgeEvent.Refused"/>: scores from here; default 0.</summary>
    public double ScoreFrom { get; init; }

    /// <summary>For <see cref="EdgeEvent.Refused"/>: scores below here; default +∞ (0 means not set).</summary>
    public double ScoreBelow { get; init; }

    /// <summary>For <see cref="EdgeEvent.Label"/>: the label; null = any, also nonsense or a failed classify call.</summary>
    public string? Label { get; init; }
}
