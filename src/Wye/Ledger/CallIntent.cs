using Wye.Catalog;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>A call as it is known before it is made: what is left of it in the ledger when the process dies meanwhile.</summary>
public sealed record CallIntent
{
    /// <summary>Request it belongs to.</summary>
    public required RequestId Request { get; init; }

    /// <summary>Number within the request, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it is made, UTC; says which window of a budget it belongs to.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Key the request came with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>Route asked.</summary>
    public required RouteName Route { get; init; }

    /// <summary>What the caller sent as <c>model</c>, truncated to 128 characters.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>Workflow run; null = none.</summary>
    public string? Run { get; init; }

    /// <summary>Whether the answer is streamed.</summary>
    public bool Stream { get; init; }

    /// <summary>Index of the plan node.</summary>
    public int Node { get; init; }

    /// <summary>Why it is made.</summary>
    public required string Cause { get; init; }

    /// <summary>Model called.</summary>
    public required ModelId Model { get; init; }

    /// <summary>Deployment called.</summary>
    public required DeploymentId Deployment { get; init; }

    /// <summary>The price it will be counted with; null = unknown.</summary>
    public PriceFacts? Price { get; init; }

    /// <summary>Most it can cost; null = its price is unknown.</summary>
    public CallBound? Bound { get; init; }
}
