using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Shrinking;

namespace Wye.Routing.Ladders;

/// <summary>
/// Takes a route down its ladder, whatever policy decides: the policy is asked as usual; if the rung replaces the tier it chose, it
/// is asked once more among the candidates up to the cheaper one. Dearer ones stay what a failure may fall back to. Of a plan whose
/// dearest tier stays, the nodes of tiers that the rung replaces are changed alone.
/// </summary>
internal static class LadderStep
{
    public static RoutePlan Plan(SelectionContext context, Func<SelectionContext, RoutePlan> ask)
    {
        var plan = ask(context);
        var ladder = context.Route.Ladder;
        var left = ladder.Paced ? context.PacedFraction : context.BudgetFraction;
        if (
            left >= 1
            || context.Asked is not null
            || ladder.Find(left, context.Request.Hints.Priority, context.Signals.StepKind) is not { } rung
        )
        {
            return plan;
        }

        var share = Percent(left);
        if (
            Dearest(plan, context.Set!) is not { } wanted
            || rung.Replacing(wanted, context.Route.Tiers) is not { } target
        )
        {
            return Told(new MixedPlan(plan, rung, context).Take(), share);
        }

        if (Capped(context, target, $"{share} of the budget left: only a fallback") is not { } capped)
        {
            return plan with { Why = WhyLine.Clean($"{plan.Why}; budget {share} left, nothing cheaper can take it") };
        }

        return Told((ask(capped), $"{wanted.Name} -> {target.Name}"), share);
    }

    private static RoutePlan Told((RoutePlan Plan, string? Changes) degraded, string share) =>
        degraded.Changes is not { } changes
            ? degraded.Plan
            : degraded.Plan with
            {
                Degraded = changes,
                Why = WhyLine.Clean($"{degraded.Plan.Why}; budget {share} left: {changes}"),
            };

    // The dearest tier the plan calls by choice.
    private static Tier? Dearest(RoutePlan plan, CandidateSet set)
    {
        Tier? dearest = null;
        var chosen = MixedPlan.ByChoice(plan);
        for (var i = 0; i < chosen.Length; i++)
        {
            // Judges and samples are part of their gate.
            if (
                chosen[i]
                && plan.Nodes[i].Kind == CallKind.Answer
                && TierOf(set, plan.Nodes[i].Model.Id) is { } tier
                && (dearest is null || tier.Rank > dearest.Rank)
            )
            {
                dearest = tier;
            }
        }

        return dearest;
    }

    /// <summary>The tier a model stands in; null = it is no candidate.</summary>
    public static Tier? TierOf(CandidateSet set, ModelId model)
    {
        foreach (var candidate in set.All)
        {
            if (candidate.Model.Id == model)
            {
                return candidate.Tier;
            }
        }

        return null;
    }

    private static SelectionContext? Capped(SelectionContext context, Tier most, string reason)
    {
        var kept = ImmutableArray.CreateBuilder<Candidate>(context.Candidates.Length);
        var removals = context.Removals.ToBuilder();
        foreach (var candidate in context.Candidates)
        {
            if (candidate.Tier.Rank <= most.Rank)
            {
                kept.Add(candidate);
            }
            else
            {
                removals.Add(new Removal(candidate.Model.Id, null, reason) { Cause = RemovalCause.Budget });
            }
        }

        if (kept.Count == 0)
        {
            return null;
        }

        var set = context.Set!;
        return context.With(
            new CandidateSet(kept.ToImmutable(), set.All, removals.ToImmutable(), set.Strong, set.Note)
        );
    }

    private static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture);
}
