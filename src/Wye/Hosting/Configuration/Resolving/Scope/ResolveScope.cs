using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Primitives;
using Wye.Providers;
using Wye.Routing;

namespace Wye.Hosting.Configuration.Resolving.Scope;

/// <summary>What the steps of one build share: the input, the problems, and what earlier steps resolved.</summary>
internal sealed class ResolveScope(WyeConfig config, PolicyRegistry policies, DateOnly? today)
{
    private readonly Dictionary<string, string> _aliases = config
        .Aliases.DistinctBy(alias => alias.Name, StringComparer.Ordinal)
        .ToDictionary(alias => alias.Name, alias => alias.Target, StringComparer.Ordinal);

    public WyeConfig Config => config;

    public PolicyRegistry Policies => policies;

    /// <summary>The day retirement is judged by; null = it is not judged.</summary>
    public DateOnly? Today => today;

    public ProblemList Problems { get; } = new(config.Positions);

    public Dictionary<string, ProviderEndpoint> Providers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Model> Models { get; } = new(StringComparer.Ordinal);

    public Dictionary<DeploymentId, Deployment> Deployments { get; } = [];

    /// <summary>Deployments by model, in configuration order.</summary>
    public Dictionary<ModelId, List<Deployment>> ByModel { get; } = [];

    public ImmutableArray<Tier> Tiers { get; set; } = [];

    /// <summary>Gates; resolved when first asked for, after models and tiers.</summary>
    public GateResolver Gates => field ??= new GateResolver(this);

    /// <summary>Whether a name was refused before, so that who refers to it is not told twice.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>The model of that name or alias that takes chat; null = there is none.</summary>
    public Model? FindModel(string name) => Named(name) is { Kind: not ModelKind.Embedding } model ? model : null;

    /// <summary>Whether the name is that of a model, or an alias of one, that takes no chat.</summary>
    public bool IsEmbedding(string name) => Named(name) is { Kind: ModelKind.Embedding };

    private Model? Named(string name)
    {
        for (var hops = 0; hops <= ConfigDefaults.MaxAliasHops; hops++)
        {
            if (Models.TryGetValue(name, out var model))
            {
                return model;
            }

            if (!_aliases.TryGetValue(name, out var target))
            {
                return null;
            }

            name = target;
        }

        return null;
    }

    public Tier? FindTier(string name) =>
        Tiers.FirstOrDefault(tier => string.Equals(tier.Name.Value, name, StringComparison.Ordinal));

    public IReadOnlyList<Deployment> DeploymentsOf(ModelId model) => ByModel.GetValueOrDefault(model) ?? [];

    /// <summary>Names a model may be referred to by.</summary>
    public IEnumerable<string> ModelNames => Models.Keys.Concat(config.Aliases.Select(alias => alias.Name));
}
