using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Shrinking;

/// <summary>Removes deployments of one model that cool down, cost too much, lack the tags asked for or miss live criteria.</summary>
internal static class DeploymentShrinker
{
    /// <summary>The deployments left. When none is, one removal names the whole model; else each removed one has its own.</summary>
    public static ImmutableArray<Deployment> Shrink(
        CompiledModel model,
        in Demand demand,
        CoolingRule cooling,
        ImmutableArray<Removal>.Builder removals
    )
    {
        var left = ImmutableArray.CreateBuilder<Deployment>(model.Deployments.Length);
        List<Removal>? gone = null;
        var tagged = model.Tagged ? TagDemand.Filter(model.Deployments, demand.Tags) : model.Deployments;
        var criteria = cooling == CoolingRule.Remove ? model.Criteria : null;
        for (var i = 0; i < model.Deployments.Length; i++)
        {
            var deployment = model.Deployments[i];
            var removal =
                model.Tagged && !tagged.Contains(deployment)
                    ? Removed(deployment, "does not carry the tags asked for", RemovalCause.Tags)
                    : Reason(deployment, Admits(model.States[i], cooling), demand)
                        ?? criteria?.Misfit(deployment, model.States[i], demand.ExpectedTokens);
            if (removal is not null)
            {
                (gone ??= []).Add(removal);
            }
            else
            {
                left.Add(deployment);
            }
        }

        if (gone is null)
        {
            return model.Deployments;
        }

        if (left.Count > 0)
        {
            removals.AddRange(gone);
        }
        else
        {
            // Time mends a cooldown, so it is told before money.
            var told = gone.Find(removal => removal.Cause == RemovalCause.CoolingDown) ?? gone[0];
            removals.Add(told with { Deployment = null });
        }

        return left.ToImmutable();
    }

    private static bool Admits(DeploymentState state, CoolingRule cooling) =>
        state.IsAvailable
        || cooling == CoolingRule.Keep
        || (cooling == CoolingRule.KeepUnlessParked && !state.IsParkedByProvider);

    private static Removal? Reason(Deployment deployment, bool available, in Demand demand)
    {
        if (!available)
        {
            return Removed(deployment, "cooling down after failures", RemovalCause.CoolingDown);
        }

        if (demand.MaxCost is not { } cap)
        {
            return null;
        }

        if (CandidateCost.Of(deployment, demand) is not { } cost)
        {
            return Removed(deployment, "price unknown and cost is capped", RemovalCause.UnknownPrice);
        }

        return cost > cap ? Removed(deployment, $"expected cost {cost} > cap {cap} USD", RemovalCause.Cost) : null;
    }

    private static Removal Removed(Deployment deployment, string reason, RemovalCause cause) =>
        new(deployment.Model.Id, deployment.Id, reason) { Cause = cause };
}
