using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Models;

/// <summary><c>tiers</c> → tiers, cheapest first; without any, by the tier of each model.</summary>
internal static class TierResolver
{
    private static readonly string[] UsualOrder = ["small", "medium", "large"];

    public static void Resolve(ResolveScope scope)
    {
        var written = scope.Config.Tiers.IsEmpty ? Derived(scope) : scope.Config.Tiers;
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        var tierOf = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < written.Length; i++)
        {
            var path = $"tiers[{i}]";
            var config = written[i];
            if (!scope.Problems.Name($"{path}.name", "tier", config.Name))
            {
                continue;
            }

            if (tiers.Any(tier => string.Equals(tier.Name.Value, config.Name, StringComparison.Ordinal)))
            {
                scope.Problems.Error(
                    $"{path}.name",
                    $"Two tiers are named {Quotation.Of(config.Name)}.",
                    "Put their models under one."
                );
                continue;
            }

            tiers.Add(new Tier(new TierName(config.Name), tiers.Count + 1, Models(scope, path, config, tierOf)));
        }

        scope.Tiers = tiers.ToImmutable();
    }

    private static ImmutableArray<ModelId> Models(
        ResolveScope scope,
        string path,
        TierConfig config,
        Dictionary<string, string> tierOf
    )
    {
        if (config.Models.IsEmpty)
        {
            scope.Problems.Error(
                path,
                $"The tier {Quotation.Of(config.Name)} has no models.",
                "Add models: [NAME], or remove the tier."
            );
        }

        var models = ImmutableArray.CreateBuilder<ModelId>();
        for (var i = 0; i < config.Models.Length; i++)
        {
            var at = $"{path}.models[{i}]";
            var name = config.Models[i];
            if (scope.FindModel(name) is not { } model)
            {
                if (!scope.Refused.Contains(name))
                {
                    var (what, fix) = ModelReferences.Unknown(scope, scope.Problems.Show(at, name), name);
                    scope.Problems.Error(at, what, fix);
                }
            }
            else if (!tierOf.TryAdd(model.Id.Value, config.Name))
            {
                scope.Problems.Error(
                    at,
                    $"The model {Quotation.Of(model.Id.Value)} already stands in the tier {Quotation.Of(tierOf[model.Id.Value])}.",
                    "Keep it in one tier."
                );
            }
            else
            {
                models.Add(model.Id);
            }
        }

        return models.ToImmutable();
    }

    private static ImmutableArray<TierConfig> Derived(ResolveScope scope)
    {
        foreach (var model in scope.Models.Values.Where(model => !UsualOrder.Contains(model.Tier.Value)))
        {
            scope.Problems.Error(
                $"models.{model.Id.Value}.tier",
                $"The tier {Quotation.Of(model.Tier.Value)} has no place in the order small, medium, large.",
                "Use one of these, or list your tiers, cheapest first, under tiers."
            );
        }

        return
        [
            .. UsualOrder
                .Select(name => new TierConfig
                {
                    Name = name,
                    Models =
                    [
                        .. scope
                            .Models.Values.Where(model =>
                                model.Kind == ModelKind.Chat
                                && string.Equals(model.Tier.Value, name, StringComparison.Ordinal)
                            )
                            .Select(model => model.Id.Value),
                    ],
                })
                .Where(tier => !tier.Models.IsEmpty),
        ];
    }
}
