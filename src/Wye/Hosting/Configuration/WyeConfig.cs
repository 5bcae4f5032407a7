using System.Collections.Immutable;
using Wye.Gates;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Routes;

namespace Wye.Hosting.Configuration;

/// <summary>A configuration as the user wrote it: nothing resolved, null or empty where unset. Immutable.</summary>
public sealed record WyeConfig
{
    /// <summary>Whom Wye may call; order as written.</summary>
    public ImmutableArray<ProviderConfig> Providers { get; init; } = [];

    /// <summary>Models and their deployments; unset = those the tiers name, else every one the providers are known to serve.</summary>
    public ImmutableArray<ModelConfig> Models { get; init; } = [];

    /// <summary>Quality classes, cheapest first; unset = by the tier of each model.</summary>
    public ImmutableArray<TierConfig> Tiers { get; init; } = [];

    /// <summary>Other names for models and routes.</summary>
    public ImmutableArray<AliasConfig> Aliases { get; init; } = [];

    /// <summary>Routes; unset = one named <c>auto</c>.</summary>
    public ImmutableArray<RouteConfig> Routes { get; init; } = [];

    /// <summary>Gates, besides those that need no setting.</summary>
    public ImmutableArray<GateConfig> Gates { get; init; } = [];

    /// <summary>Checks answers against JSON schemas; null = such gates abstain.</summary>
    public IJsonSchemaChecker? JsonSchemas { get; init; }

    /// <summary>Bounds for callers that name a model themselves; null = defaults.</summary>
    public RouteConfig? Explicit { get; init; }

    /// <summary>What may be spent; unset = no budget.</summary>
    public ImmutableArray<BudgetConfig> Budgets { get; init; } = [];

    /// <summary>When a deployment is left alone; null = defaults.</summary>
    public HealthConfig? Health { get; init; }

    /// <summary>The learned router; null = the one that ships.</summary>
    public LearningConfig? Learning { get; init; }

    /// <summary>The HTTP server; null = defaults.</summary>
    public ServerConfig? Server { get; init; }

    /// <summary>The ledger file; null = the data folder of the host.</summary>
    public StoreConfig? Store { get; init; }

    /// <summary>Where each value stands in its file; empty for a configuration made in code.</summary>
    public ConfigPositions Positions { get; init; } = ConfigPositions.None;
}
