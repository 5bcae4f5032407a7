using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>What is known of a delivery when its answer starts to leave: the provenance every answer carries.</summary>
public sealed record DeliveryHead
{
    /// <summary>Id of the request.</summary>
    public required RequestId Request { get; init; }

    /// <summary>Route asked.</summary>
    public required RouteName Route { get; init; }

    /// <summary>Model that answers; null = none.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Deployment that answers; null = none.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The path through the plan, one short line of printable ASCII.</summary>
    public required string Why { get; init; }

    /// <summary>Upstream calls made so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Output bound that a budget or a cost cap forced upon the answering call, in tokens; null = none.</summary>
    public int? LoweredOutput { get; init; }

    /// <summary>What was replaced because of money, e.g. <c>large -> small</c>; null = nothing.</summary>
    public string? Degraded { get; init; }

    /// <summary>Names of soft budgets that are overrun, or may be by a call of this request; empty = none.</summary>
    public IReadOnlyCollection<string> Overrun { get; init; } = [];

    /// <summary>Names of what the request said and the answering target's dialect could not carry; empty = nothing.</summary>
    public IReadOnlyCollection<string> Dropped { get; init; } = [];
}
