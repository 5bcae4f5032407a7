using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Scope;

/// <summary>
/// Which models a configuration is about: those under <c>models</c>, those it merely names and the built-in table knows,
/// or, when it names none, every one that its providers are known to serve.
/// </summary>
internal static class ModelReferences
{
    /// <param name="Config">As written, or made from the name alone.</param>
    /// <param name="Path">Where it is written or first named; null = nowhere.</param>
    internal readonly record struct Reference(ModelConfig Config, string? Path);

    public static List<Reference> All(ResolveScope scope)
    {
        var config = scope.Config;
        var seen = config.Models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        var all = config.Models.Select(model => new Reference(model, $"models.{model.Name}")).ToList();
        foreach (var (name, path) in Named(config))
        {
            if (BuiltInCatalog.FindModel(name) is { } facts && IsServed(scope, facts) && seen.Add(name))
            {
                all.Add(new Reference(new ModelConfig { Name = name }, path));
            }
        }

        if (!config.Models.IsEmpty || !config.Tiers.IsEmpty)
        {
            return all;
        }

        foreach (var facts in BuiltInCatalog.Models)
        {
            if (
                facts.Kind == ModelKind.Chat
                && !IsRetired(facts.RetiresOn, scope.Today)
                && IsServed(scope, facts)
                && seen.Add(facts.Id.Value)
            )
            {
                all.Add(new Reference(new ModelConfig { Name = facts.Id.Value }, null));
            }
        }

        return all;
    }

    public static bool IsRetired(DateOnly? retiresOn, DateOnly? today) => retiresOn <= today;

    /// <summary>What to do about a model name that leads nowhere.</summary>
    public static (string What, string Fix) Unknown(ResolveScope scope, string shown, string name)
    {
        if (scope.Problems.IsFull)
        {
            return ("", "");
        }

        if (scope.IsEmbedding(name))
        {
            return ($"The model {shown} takes no chat, it makes embeddings.", "Name a chat model.");
        }

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

    private static IEnumerable<(string Name, string Path)> Named(WyeConfig config)
    {
        var tiers = config.Tiers.SelectMany((tier, i) => Listed(tier.Models, $"tiers[{i}].models"));
        // A route stands before a model of the same name.
        var routeNames = config.Routes.Select(route => route.Name).ToHashSet(StringComparer.Ordinal);
        var aliases = config
            .Aliases.Where(alias => !routeNames.Contains(alias.Target))
            .Select(alias => (alias.Target, $"aliases.{alias.Name}"));
        var routes = config.Routes.SelectMany(route => Named(route, $"routes.{route.Name}"));
        var bounds = config.Explicit is { } route ? Named(route, "explicit") : [];
        var gates = config.Gates.SelectMany(gate =>
            Listed(gate.Model is null ? gate.Samples : gate.Samples.Add(gate.Model), $"gates.{gate.Name}")
        );
        return tiers.Concat(aliases).Concat(routes).Concat(bounds).Concat(gates);
    }

    private static IEnumerable<(string Name, string Path)> Named(RouteConfig route, string path)
    {
        if (route.Strong is not null)
        {
            yield return (route.Strong, $"{path}.strong");
        }

        var fallbacks = Listed(route.Fallbacks, $"{path}.fallbacks")
            .Concat(Listed(route.ContextWindowFallbacks ?? [], $"{path}.context_window_fallbacks"))
            .Concat(Listed(route.ContentPolicyFallbacks, $"{path}.content_policy_fallbacks"));
        foreach (var fallback in fallbacks)
        {
            yield return fallback;
        }

        for (var i = 0; i < route.Stages.Length; i++)
        {
            yield return (route.Stages[i].Use, $"{path}.stages[{i}].use");
        }

        if (route.JudgeRouter?.Model is { } judge)
        {
            yield return (judge, $"{path}.judge_router.model");
        }

        for (var i = 0; i < route.Rules.Length; i++)
        {
            if (route.Rules[i].Model is { } model)
            {
                yield return (model, $"{path}.rules[{i}].model");
            }
        }
    }

    private static IEnumerable<(string Name, string Path)> Listed(ImmutableArray<string> names, string path) =>
        names.Select((name, i) => (name, $"{path}[{i}]"));
}
