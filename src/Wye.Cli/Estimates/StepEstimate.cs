using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Cli.Estimates;

/// <summary>What a step costs in one run under each strategy, all its calls together.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Model">The model of that tier.</param>
internal sealed record StepEstimate(WorkflowEstimateStep Step, string Tier, string Model)
{
    /// <summary>On the strongest tier.</summary>
    public required Usd Strong { get; init; }

    /// <summary>On the one model for everything.</summary>
    public required Usd Static { get; init; }

    /// <summary>On its tier.</summary>
    public required Usd Tiers { get; init; }

    /// <summary>From the cheapest tier up to its own, with the expected share of refusals.</summary>
    public required Usd Cascade { get; init; }

    /// <summary>The same when every first answer passes.</summary>
    public required Usd CascadeLow { get; init; }

    /// <summary>The same when every stage refuses.</summary>
    public required Usd CascadeHigh { get; init; }

    /// <summary>The stages of the cascade.</summary>
    public required ImmutableArray<string> Stages { get; init; }
}
