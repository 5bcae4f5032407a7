using System.Collections.Immutable;
using Wye.Primitives;
using Wye.Quality.Estimates;

namespace Wye.Routing;

/// <summary>How <c>learned</c> came to its choice, kept only when somebody asks. Holds nothing of the prompt but cell words from training.</summary>
internal sealed class DecisionTrace
{
    /// <summary>The router asked; null = there was none.</summary>
    public string? Router { get; set; }

    /// <summary>Whether it is marked champion.</summary>
    public bool Champion { get; set; }

    /// <summary>Why it abstained; null = it chose.</summary>
    public string? Abstained { get; set; }

    /// <summary>Name of the objective.</summary>
    public string? Objective { get; set; }

    /// <summary>Its settings in words, e.g. <c>bar 0.80</c>.</summary>
    public string? Settings { get; set; }

    /// <summary>The candidates with their scores, in candidate order.</summary>
    public ImmutableArray<Scored> Candidates { get; set; } = [];

    /// <summary>Nearest cells of the training questions, nearest first.</summary>
    public ImmutableArray<Cell> Cells { get; set; } = [];

    /// <summary>Judgements that correct this router, and those made under another router or profile; null = outcomes do not correct it.</summary>
    public (int Used, int Idle)? Outcomes { get; set; }

    /// <summary>What the objective chose, before the conversation was looked at.</summary>
    public ModelId? Chosen { get; set; }

    /// <summary>What it would choose without that.</summary>
    public ModelId? RunnerUp { get; set; }

    /// <summary>What would have changed the choice.</summary>
    public ImmutableArray<Change> Changes { get; set; } = [];

    /// <summary>One candidate.</summary>
    /// <param name="Model">Its model.</param>
    /// <param name="Quality">Expected quality, uncertainty and source.</param>
    /// <param name="Profile">Who speaks for it, in words.</param>
    /// <param name="OutputTokens">Expected tokens of its answer.</param>
    /// <param name="CostUsd">Expected cost; NaN = price unknown.</param>
    /// <param name="Milliseconds">Observed latency; NaN = not observed.</param>
    /// <param name="Value">Value of the objective; −∞ = not considered.</param>
    internal sealed record Scored(
        ModelId Model,
        QualityEstimate Quality,
        string Profile,
        double OutputTokens,
        double CostUsd,
        double Milliseconds,
        double Value
    );

    /// <summary>A cell of similar training questions.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Weight">Its share in the mix, 0..1.</param>
    /// <param name="Questions">Training questions in it; 0 = not known.</param>
    /// <param name="Words">Its typical words.</param>
    internal sealed record Cell(int Number, double Weight, int Questions, string Words);

    /// <summary>A turn of the choice.</summary>
    /// <param name="Setting">The setting.</param>
    /// <param name="Above">Whether above the value; false = at or below it.</param>
    /// <param name="Value">Where it turns.</param>
    /// <param name="Model">What is chosen there.</param>
    internal sealed record Change(string Setting, bool Above, double Value, ModelId Model);
}
