using Wye.Catalog;
using Wye.Chat;
using Wye.Health;

namespace Wye.Delivery.Attempts;

/// <summary>The deployment that takes the next call of a node, already counted in; or why there is none.</summary>
internal readonly record struct Pick
{
    /// <summary>The deployment; null = none admits a call.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>How it is called; null = it is not opened yet.</summary>
    public IChatModel? Model { get; init; }

    /// <summary>Its live state, entered.</summary>
    public DeploymentState? State { get; init; }

    /// <summary>What it holds of the deployment's load, to give back.</summary>
    public CallLease Lease { get; init; }

    /// <summary>Ticket to give back to <see cref="State"/>.</summary>
    public int Ticket { get; init; }

    /// <summary>Output bound to set, in tokens; null = as the caller asked.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether none was taken for cost alone.</summary>
    public bool Unaffordable { get; init; }

    /// <summary>Shortest cooldown of those that were passed over; zero = they are only full, or none was.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Shortest cooldown of those that the panic rule may still call; null = there are none.</summary>
    public TimeSpan? ForcedAfter { get; init; }
}
