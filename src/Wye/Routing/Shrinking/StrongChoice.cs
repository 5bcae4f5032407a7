using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Shrinking;

/// <summary>Which model savings are counted against.</summary>
/// <remarks>
/// The configured one, if it could have taken the request by facts (capabilities, window, region, compliance, retirement);
/// health and cost caps do not matter, since they do not change what going strong would have cost. Else the strongest that
/// could: highest tier, then highest expected cost. An explicit choice of a model is its own strong model.
/// </remarks>
internal static class StrongChoice
{
    public static (Model? Model, string? Note) Of(CompiledRoute route, FeatureSet features, in Demand demand)
    {
        if (route.Route.Strong is { } wanted)
        {
            if (Find(features, wanted) is { } found && Fits(found.Model, demand))
            {
                return (found.Model, null);
            }

            return (Strongest(features, demand), $"strong {wanted} not eligible");
        }

        return demand.Asked is { } asked && Find(features, asked) is { } own
            ? (own.Model, null)
            : (Strongest(features, demand), null);
    }

    private static CompiledModel? Find(FeatureSet features, ModelId id)
    {
        foreach (var model in features.Models)
        {
            if (model.Model.Id == id)
            {
                return model;
            }
        }

        return features.Strong is { } strong && strong.Model.Id == id ? strong : null;
    }

    private static Model? Strongest(FeatureSet features, in Demand demand)
    {
        CompiledModel? best = null;
        Usd? bestCost = null;
        foreach (var model in features.Models)
        {
            if (model.Spare || !Fits(model.Model, demand))
            {
                continue;
            }

            var cost = CandidateCost.Of(model.Deployments, demand);
            if (best is null || IsStronger(model.Tier.Rank, cost, best.Tier.Rank, bestCost))
            {
                best = model;
                bestCost = cost;
            }
        }

        return best?.Model;
    }

    // An unknown price counts lowest: savings against it could not be told.
    private static bool IsStronger(int rank, Usd? cost, int bestRank, Usd? bestCost) =>
        rank != bestRank ? rank > bestRank : (cost ?? new Usd(-1)) > (bestCost ?? new Usd(-1));

    private static bool Fits(Model model, in Demand demand) =>
        demand.ContextTokens <= model.ContextTokens && (demand.MaxOutputTokens ?? 0) <= model.MaxOutputTokens;
}
