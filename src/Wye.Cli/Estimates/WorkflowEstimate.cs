using System.Collections.Immutable;

namespace Wye.Cli.Estimates;

/// <summary>A workflow to be priced, as its file says it.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Steps">Its steps; at least one.</param>
internal sealed record WorkflowEstimate(string Name, ImmutableArray<WorkflowEstimateStep> Steps)
{
    /// <summary>Share of answers a gate refuses at each stage of a cascade where nothing is said: own assumption, not measured.</summary>
    public const double DefaultEscalation = 0.3;

    /// <summary>How many runs the totals are for, beside the one.</summary>
    public long Runs { get; init; } = 1;

    /// <summary>Share of answers that a gate is expected to refuse at each stage of a cascade, 0..1.</summary>
    public double Escalation { get; init; } = DefaultEscalation;

    /// <summary>The tier that one model for everything stands in; null = the middle one.</summary>
    public string? StaticTier { get; init; }
}
