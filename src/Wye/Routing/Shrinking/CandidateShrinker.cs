using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Shrinking;

/// <summary>Removes what cannot take a request, in a fixed order, each with its reason. Nothing is ever added.</summary>
internal static class CandidateShrinker
{
    public static CandidateSet Shrink(CompiledRoute route, FeatureSet features, in Demand demand)
    {
        if (!NothingToRemove(features, demand))
        {
            return Removing(route, features, demand);
        }

        if (features.Recall(demand) is { } kept)
        {
            return kept;
        }

        var set = Whole(route, features, demand);
        features.Keep(demand, set);
        return set;
    }

    // A cost cap is the request's own and needs every price: it takes the long way.
    private static bool NothingToRemove(FeatureSet features, in Demand demand)
    {
        if (
            demand.MaxCost is not null
            || demand.Models is not null
            || demand.ContextTokens > features.LeastContext
            || (demand.MaxOutputTokens ?? 0) > features.LeastOutput
        )
        {
            return false;
        }

        foreach (var model in features.Models)
        {
            if (model.Tagged || model.Criteria is not null || !model.AllAvailable())
            {
                return false;
            }
        }

        return true;
    }

    private static CandidateSet Whole(CompiledRoute route, FeatureSet features, in Demand demand)
    {
        var all = new Candidate[features.Models.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = CandidateOf(features.Models[i], features.Models[i].Deployments, demand);
        }

        var (strong, note) = StrongChoice.Of(route, features, demand);
        var whole = ImmutableCollectionsMarshal.AsImmutableArray(all);
        return new CandidateSet(
            SelectableOf(whole, features.Selectable, demand),
            whole,
            features.Removals,
            strong,
            note
        );
    }

    private static CandidateSet Removing(CompiledRoute route, FeatureSet features, in Demand demand)
    {
        var set = Removing(route, features, demand, CoolingRule.Remove);
        if (set.Selectable.IsEmpty && Has(set.Removals, RemovalCause.Latency, RemovalCause.Headroom))
        {
            // Slow or crowded is better than nothing.
            var waived = Removing(route, features, demand, CoolingRule.WaiveCriteria);
            set = waived.Selectable.IsEmpty ? set : waived;
        }

        if (!set.Selectable.IsEmpty || !Has(set.Removals, RemovalCause.CoolingDown, RemovalCause.CoolingDown))
        {
            return set;
        }

        // The last target is never ejected: delivery may force one call through.
        var forced = Removing(route, features, demand, CoolingRule.KeepUnlessParked);
        return forced.Selectable.IsEmpty ? set : forced;
    }

    private static CandidateSet Removing(
        CompiledRoute route,
        FeatureSet features,
        in Demand demand,
        CoolingRule cooling
    )
    {
        var all = ImmutableArray.CreateBuilder<Candidate>(features.Models.Length);
        var removals = ImmutableArray.CreateBuilder<Removal>();
        removals.AddRange(features.Removals);
        var selectable = 0;
        foreach (var model in features.Models)
        {
            if (Misfit(model.Model, demand) is { } misfit)
            {
                removals.Add(misfit);
                continue;
            }

            // An asked model keeps its place while it cools down if a fallback is there: its edge then leads on at once.
            var stays = demand.Asked == model.Model.Id && OtherAvailable(features, model);
            var left = DeploymentShrinker.Shrink(model, demand, stays ? CoolingRule.Keep : cooling, removals);
            if (!left.IsEmpty)
            {
                all.Add(CandidateOf(model, left, demand));
                selectable += model.Spare ? 0 : 1;
            }
        }

        var (strong, note) = StrongChoice.Of(route, features, demand);
        var waived = cooling switch
        {
            CoolingRule.KeepUnlessParked => "every model cools down",
            CoolingRule.WaiveCriteria => "no model is as fast or as free as asked",
            _ => null,
        };
        if (waived is not null)
        {
            note = note is null ? waived : $"{waived}; {note}";
        }

        var candidates = all.ToImmutable();
        return new CandidateSet(
            SelectableOf(candidates, selectable, demand),
            candidates,
            removals.ToImmutable(),
            strong,
            note
        );
    }

    private static bool Has(ImmutableArray<Removal> removals, RemovalCause one, RemovalCause other)
    {
        foreach (var removal in removals)
        {
            if (removal.Cause == one || removal.Cause == other)
            {
                return true;
            }
        }

        return false;
    }

    // When no model of the tiers is left, the fallbacks are what is left; but never in place of a model that was asked for.
    private static ImmutableArray<Candidate> SelectableOf(
        ImmutableArray<Candidate> all,
        int selectable,
        in Demand demand
    ) =>
        selectable == all.Length ? all
        : selectable > 0 ? all[..selectable]
        : demand.Asked is null ? all
        : [];

    private static Candidate CandidateOf(
        CompiledModel model,
        ImmutableArray<Deployment> deployments,
        in Demand demand
    ) => new(model.Model, model.Tier, deployments, CandidateCost.Of(deployments, demand));

    private static bool OtherAvailable(FeatureSet features, CompiledModel asked)
    {
        foreach (var model in features.Models)
        {
            if (model != asked && model.AnyAvailable())
            {
                return true;
            }
        }

        return false;
    }

    private static Removal? Misfit(Model model, in Demand demand)
    {
        if (demand.Models is { } allowed && !allowed.Contains(model.Id))
        {
            return new Removal(model.Id, null, "the key may not use it") { Cause = RemovalCause.NotAllowed };
        }

        if (demand.ContextTokens > model.ContextTokens)
        {
            return new Removal(
                model.Id,
                null,
                $"context {model.ContextTokens} < {demand.ContextTokens} tokens needed (estimated)"
            )
            {
                Cause = RemovalCause.ContextWindow,
            };
        }

        return demand.MaxOutputTokens > model.MaxOutputTokens
            ? new Removal(
                model.Id,
                null,
                $"output limit {model.MaxOutputTokens} < {demand.MaxOutputTokens} tokens asked"
            )
            {
                Cause = RemovalCause.OutputLimit,
            }
            : null;
    }
}
