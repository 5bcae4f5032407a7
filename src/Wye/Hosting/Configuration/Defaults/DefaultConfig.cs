using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Resolving.Models;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Defaults;

/// <summary>The configuration without a file: what the keys in the environment and a local Ollama allow. Stateless.</summary>
public static class DefaultConfig
{
    /// <summary>Context of an Ollama model the built-in table does not know, in tokens: the size Ollama itself starts with.</summary>
    public const int UnknownLocalContext = 4096;

    /// <summary>A model that retires within as many days is picked only where a tier has no other.</summary>
    internal const int LeastDaysLeft = 120;

    private static readonly string[] TierOrder = ["small", "medium", "large"];
    private static readonly ProviderId Ollama = new("ollama");

    /// <summary>What to tell a user when <see cref="FromEnvironment"/> finds nothing.</summary>
    public static string NothingFound { get; } =
        $"No provider key is set ({string.Join(", ", KeyVariables)}) and no Ollama with a model answers at {BuiltInCatalog.FindProvider(Ollama)?.BaseUrl}. Set one of the keys, start Ollama, write a wye.yaml, or run `wye demo` to try Wye without any.";

    /// <summary>Environment variables that are looked at, in the order of preference.</summary>
    public static IEnumerable<string> KeyVariables =>
        BuiltInCatalog.Providers.Where(facts => facts.BaseUrl is not null).SelectMany(facts => facts.KeyVariables);

    /// <summary>Providers with a key, their preferred model for each tier, and a route <c>auto</c>.</summary>
    /// <param name="environment">Value of an environment variable; null = not set.</param>
    /// <param name="ollamaReachable">Whether a local Ollama answers.</param>
    /// <param name="ollamaModels">Names of the models it has.</param>
    /// <param name="today">The day by which models count as retired; null = none does.</param>
    /// <returns>The configuration; null when nothing was found: see <see cref="NothingFound"/>.</returns>
    public static WyeConfig? FromEnvironment(
        Func<string, string?> environment,
        bool ollamaReachable,
        IReadOnlyList<string> ollamaModels,
        DateOnly? today = null
    )
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(ollamaModels);
        List<ProviderConfig> providers =
        [
            .. BuiltInCatalog.Providers.Select(facts => Provider(facts, environment)).OfType<ProviderConfig>(),
        ];
        var picks = providers.SelectMany(provider => Picks(provider, today)).DistinctBy(model => model.Id).ToList();
        List<LocalModel> local = ollamaReachable ? [.. ollamaModels.Select(LocalModel.From).OfType<LocalModel>()] : [];
        if (local.Count > 0)
        {
            providers.Add(new ProviderConfig { Name = Ollama.Value });
        }

        if (picks.Count == 0 && local.Count == 0)
        {
            return null;
        }

        return new WyeConfig
        {
            Providers = [.. providers],
            Models =
            [
                .. picks.Select(model => new ModelConfig { Name = model.Id.Value }),
                .. local.Select(model => model.Config).DistinctBy(model => model.Name, StringComparer.Ordinal),
            ],
            Tiers = Tiers(picks, local),
            Routes = [new RouteConfig { Name = ConfigDefaults.RouteName, Policies = ConfigDefaults.AutoPolicies }],
        };
    }

    private static ProviderConfig? Provider(ProviderFacts facts, Func<string, string?> environment)
    {
        if (facts.BaseUrl is null)
        {
            return null;
        }

        var key = facts
            .KeyVariables.Select(environment)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))
            ?.Trim();
        return key is null || key.Any(c => c is <= ' ' or > '~')
            ? null
            : new ProviderConfig { Name = facts.Id.Value, Key = new Secret(key) };
    }

    /// <summary>For each tier, the provider's first model that stays for a while, else that is still served, and has a price.</summary>
    private static IEnumerable<Model> Picks(ProviderConfig provider, DateOnly? today) =>
        TierOrder.SelectMany(tier =>
            BuiltInCatalog
                .Models.Where(model =>
                    string.Equals(model.Tier.Value, tier, StringComparison.Ordinal)
                    && model.Kind == ModelKind.Chat
                    && !(model.RetiresOn <= today)
                    && BuiltInCatalog.FindOffer(model.Id, new ProviderId(provider.Name)) is { } offer
                    && !(offer.RetiresOn <= today)
                    && (offer.OwnPrice ?? model.Price) is not null
                )
                .OrderBy(model => model.RetiresOn <= today?.AddDays(LeastDaysLeft))
                .Take(1)
        );

    private static ImmutableArray<TierConfig> Tiers(List<Model> picks, List<LocalModel> local) =>
        [
            .. TierOrder
                .Select(tier => new TierConfig
                {
                    Name = tier,
                    Models =
                    [
                        .. picks
                            .Where(model => string.Equals(model.Tier.Value, tier, StringComparison.Ordinal))
                            .OrderBy(model => model.Price is { } price ? PriceResolver.Blend(price) : Int128.MaxValue)
                            .Select(model => model.Id.Value)
                            // Local models come last: free, but a small machine should not silently answer for a paid one.
                            .Concat(
                                local
                                    .Where(model => string.Equals(model.Tier, tier, StringComparison.Ordinal))
                                    .Select(model => model.Config.Name)
                            )
                            .Distinct(StringComparer.Ordinal),
                    ],
                })
                .Where(tier => !tier.Models.IsEmpty),
        ];
}
