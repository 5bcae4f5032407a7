using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Routing.Routes;

/// <summary>A stage of a cascade: who answers, who judges the answer, and what it may cost.</summary>
public sealed record CascadeStage
{
    /// <summary>The tier or model as the route names it.</summary>
    public required string Name { get; init; }

    /// <summary>Models of which the cheapest eligible one answers.</summary>
    public required ImmutableArray<ModelId> Models { get; init; }

    /// <summary>The gate; null = the answer passes.</summary>
    public GateId? Gate { get; init; }

    /// <summary>Least score that passes, 0..1; null = the gate's own decision.</summary>
    public double? Threshold { get; init; }

    /// <summary>Models whose samples are compared with the answer, one call each, in order; empty = none.</summary>
    public ImmutableArray<ModelId> Samples { get; init; } = [];

    /// <summary>The model that judges the answer; null = none.</summary>
    public ModelId? Judge { get; init; }

    /// <summary>Most that one call of the stage may cost; null = the request's cap.</summary>
    public Usd? MaxCost { get; init; }

    /// <summary>Longest that one call of the stage may take; null = the route's.</summary>
    public TimeSpan? MaxTime { get; init; }
}
