using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Providers;
using Wye.Routing;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>What the steps of one build share: the input, the problems, and what earlier steps resolved.</summary>
internal sealed class ResolveScope(WyeConfig config, PolicyRegistry policies, DateOnly? today)
{
    public WyeConfig Config => config;

    public PolicyRegistry Policies => policies;

    /// <summary>The day retirement is judged by; null = it is not judged.</summary>
    public DateOnly? Today => today;

    public ProblemList Problems { get; } = new(config.Positions);

    public Dictionary<string, ProviderEndpoint> Providers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Model> Models { get; } = new(StringComparer.Ordinal);

    public List<Deployment> Deployments { get; } = [];

    public ImmutableArray<Tier> Tiers { get; set; } = [];

    /// <summary>Whether a name was refused before, so that who refers to it is not told twice.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>The model of that name or alias; null = there is none.</summary>
    public Model? FindModel(string name)
    {
        for (var hops = 0; hops <= config.Aliases.Length; hops++)
        {
            if (Models.TryGetValue(name, out var model))
            {
                return model;
            }

            var alias = config.Aliases.FirstOrDefault(alias =>
                string.Equals(alias.Name, name, StringComparison.Ordinal)
            );
            if (alias is null)
            {
                return null;
            }

            name = alias.Target;
        }

        return null;
    }

    public Tier? FindTier(string name) =>
        Tiers.FirstOrDefault(tier => string.Equals(tier.Name.Value, name, StringComparison.Ordinal));

    public IEnumerable<Deployment> DeploymentsOf(ModelId model) =>
        Deployments.Where(deployment => deployment.Model.Id == model);

    /// <summary>Names a model may be referred to by.</summary>
    public IEnumerable<string> ModelNames => Models.Keys.Concat(config.Aliases.Select(alias => alias.Name));
}
