using System.Collections.Frozen;
using Wye.Gates;
using Wye.Health;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Providers;
using Wye.Quality.Prior;
using Wye.Routing;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>A configuration, validated and resolved. Immutable; a reload swaps it whole.</summary>
public sealed record WyeSnapshot
{
    /// <summary>What decides: facts, routes, aliases.</summary>
    public required RoutingSnapshot Routing { get; init; }

    /// <summary>Every provider as it is called.</summary>
    public required FrozenDictionary<ProviderId, ProviderEndpoint> Providers { get; init; }

    /// <summary>The HTTP server; a change needs a restart.</summary>
    public required ServerOptions Server { get; init; }

    /// <summary>When a deployment is left alone.</summary>
    public required HealthOptions Health { get; init; }

    /// <summary>What may be spent; default: no budget.</summary>
    public BudgetSet Budgets { get; init; } = BudgetSet.None;

    /// <summary>Whether requests without a hard budget do not wait for the ledger; a change needs a restart.</summary>
    public bool RelaxedLedger { get; init; }

    /// <summary>The gates.</summary>
    public GateKeeper Gates { get; init; } = GateKeeper.None;

    /// <summary>File of the embedded store; null = the host's data folder.</summary>
    public string? StorePath { get; init; }

    /// <summary>Days for which the store keeps requests row by row; null = for ever; a change needs a restart.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>The same, its learned router corrected by outcomes.</summary>
    internal WyeSnapshot With(LiveOutcomes outcomes) =>
        Routing.Learned is { } learned
            ? this with
            {
                Routing = Routing with { Learned = learned.With(outcomes) },
            }
            : this;
}
