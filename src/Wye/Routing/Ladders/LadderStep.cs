using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Shrinking;

namespace Wye.Routing.Ladders;

/// <summary>
/// Takes a route down its ladder, whatever policy decides: the policy is asked as usual; if the rung replaces the tier it chose, it
/// is asked once more among the candidates up to the cheaper one. Dearer ones stay what a failure may fall back to.
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

        var tiers = context.Route.Tiers;
        if (Dearest(plan, context.Set!) is not { } wanted || rung.Replacing(wanted, tiers) is not { } target)
        {
            return plan;
        }

        var share = Percent(left);
        if (Capped(context, target, $"{share} of the budget left: only a fallback") is not { } capped)
        {
            return plan with { Why = WhyLine.Clean($"{plan.Why}; budget {share} left, nothing cheaper can take it") };
        }

        var cheaper = ask(capped);
        return cheaper with
        {
            Why = WhyLine.Clean($"{cheaper.Why}; budget {share} left: {wanted.Name} -> {target.Name}"),
        };
    }

    // The dearest tier the plan calls by choice; what only a failure leads to is not chosen.
    private static Tier? Dearest(RoutePlan plan, CandidateSet set)
    {
        Tier? dearest = null;
        Span<bool> chosen = stackalloc bool[plan.Nodes.Length];
        chosen[0] = true;
        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (!chosen[i])
            {
                continue;
            }

            // Judges and samples are part of their gate.
            if (
                plan.Nodes[i].Kind == CallKind.Answer
                && TierOf(set, plan.Nodes[i].Model.Id) is { } tier
                && (dearest is null || tier.Rank > dearest.Rank)
            )
            {
                dearest = tier;
            }

            foreach (var edge in plan.Nodes[i].Edges)
            {
                if (edge.Target >= 0 && edge.On is not EdgeEvent.Failed)
                {
                    chosen[edge.Target] = true;
                }
            }
        }

        return dearest;
    }

    private static Tier? TierOf(CandidateSet set, ModelId model)
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
