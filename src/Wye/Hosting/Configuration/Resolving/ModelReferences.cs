using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>
/// Which models a configuration is about: those under <c>models</c>, those it merely names and the built-in table knows,
/// or, when it names none, every one that its providers are known to serve.
/// </summary>
internal static class ModelReferences
{
    public static IEnumerable<ModelConfig> All(ResolveScope scope)
    {
        var config = scope.Config;
        var seen = config.Models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        if (config.Models.IsEmpty && config.Tiers.IsEmpty)
        {
            return
            [
                .. BuiltInCatalog
                    .Models.Where(model => !IsRetired(model.RetiresOn, scope.Today) && IsServed(scope, model))
                    .Select(model => model.Id.Value)
                    .Concat(Named(config))
                    .Where(seen.Add)
                    .Select(name => new ModelConfig { Name = name })
                    .Where(model => BuiltInCatalog.FindModel(model.Name) is { } facts && IsServed(scope, facts)),
            ];
        }

        return
        [
            .. config.Models,
            .. Named(config)
                .Where(name => BuiltInCatalog.FindModel(name) is { } facts && IsServed(scope, facts) && seen.Add(name))
                .Select(name => new ModelConfig { Name = name }),
        ];
    }

    public static bool IsRetired(DateOnly? retiresOn, DateOnly? today) => retiresOn <= today;

    /// <summary>What to do about a model name that leads nowhere.</summary>
    public static (string What, string Fix) Unknown(ResolveScope scope, string shown, string name)
    {
        if (BuiltInCatalog.FindModel(name) is { } facts)
        {
            var providers = BuiltInCatalog.Offers.Where(offer => offer.Model == facts.Id).Select(o => o.Provider.Value);
            return (
                $"No configured provider serves the model {shown}.",
                $"Add a provider that does ({string.Join(", ", providers)}), or its deployments under models."
            );
        }

        var known = scope.ModelNames.Concat(BuiltInCatalog.Models.Select(model => model.Id.Value));
        return (
            $"There is no model {shown}.",
            Suggestion.Closest(name, known) is { } closest
                ? $"Did you mean {Quotation.Of(closest)}?"
                : "Add it under models, or name one that `wye models` lists."
        );
    }

    private static bool IsServed(ResolveScope scope, Model facts) =>
        scope.Providers.Keys.Any(name =>
            BuiltInCatalog.FindOffer(facts.Id, new ProviderId(name)) is { } offer
            && !IsRetired(offer.RetiresOn, scope.Today)
        );

    private static IEnumerable<string> Named(WyeConfig config) =>
        config
            .Tiers.SelectMany(tier => tier.Models)
            .Concat(config.Aliases.Select(alias => alias.Target))
            .Concat(
                config
                    .Routes.Append(config.Explicit)
                    .OfType<RouteConfig>()
                    .SelectMany(route =>
                        route
                            .Fallbacks.Append(route.Strong)
                            .Concat(route.Rules.Select(rule => rule.Model))
                            .OfType<string>()
                    )
            );
}
