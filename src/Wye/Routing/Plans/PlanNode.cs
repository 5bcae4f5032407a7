using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Routing.Plans;

/// <summary>One kind of call to one model, with its allowance and its ways out.</summary>
public sealed record PlanNode
{
    /// <summary>What the call is for.</summary>
    public CallKind Kind { get; init; } = CallKind.Answer;

    /// <summary>The model called.</summary>
    public required Model Model { get; init; }

    /// <summary>Eligible deployments; balancing orders them when an attempt starts.</summary>
    public required ImmutableArray<Deployment> Deployments { get; init; }

    /// <summary>Retries after a failure that may pass, on this node; default 1. Bounded by the plan as well.</summary>
    public int Retries { get; init; } = PlanDefaults.Retries;

    /// <summary>Delay after which a second call may start, first answer wins; null = no hedging.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>Most that one call here may cost; null = no cap of its own.</summary>
    public Usd? CostCap { get; init; }

    /// <summary>Longest that this node may take; null = the route's.</summary>
    public TimeSpan? TimeCap { get; init; }

    /// <summary>The gate that judges the answer; null = none, the answer passes.</summary>
    public GateId? Gate { get; init; }

    /// <summary>Least score of the gate that passes, 0..1; null = the gate's own decision. An abstention stays one.</summary>
    public double? PassFrom { get; init; }

    /// <summary>What is asked instead of the caller's request, e.g. how difficult it is; null = the caller's request.</summary>
    public ChatRequest? Question { get; init; }

    /// <summary>Whether the model sees the answer that was refused before it; default false.</summary>
    public bool ShowsRefused { get; init; }

    /// <summary>Ways out, first fit.</summary>
    public ImmutableArray<PlanEdge> Edges { get; init; } = [];

    /// <summary>Expected cost of the call; null = price unknown.</summary>
    public Usd? ExpectedCost { get; init; }
}
