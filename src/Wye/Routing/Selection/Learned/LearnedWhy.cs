using System.Collections.Immutable;
using Wye.Quality;
using Wye.Quality.Prior;
using Wye.Routing.Plans;

namespace Wye.Routing.Selection.Learned;

/// <summary>The line of <c>why</c>.</summary>
internal static class LearnedWhy
{
    public static string Write(
        SelectionContext context,
        ServedPool pool,
        PoolOutcomes? outcomes,
        IObjective objective,
        ReadOnlySpan<CandidateScore> scores,
        in ObjectiveTerms terms,
        int chosen
    )
    {
        var line = new LineBuilder(stackalloc char[PlanWriter.MaxWhy]);
        line.Add("learned: ");
        if (scores.Length > 1)
        {
            objective.Why(ref line, scores, terms, chosen);
        }
        else
        {
            // Nothing was weighed: what took the others away is the reason.
            line.Add(OnlyOne(context.Removals));
        }

        line.Add(" -> ");
        line.Add(context.Candidates[chosen].Model.Id.Value);
        AddStandIns(ref line, context, pool, chosen);
        if (outcomes is { Judgements: > 0 })
        {
            AddOutcomes(ref line, context, pool, outcomes, chosen);
        }

        return line.ToString();
    }

    private static string OnlyOne(ImmutableArray<Removal> removals)
    {
        var (byCost, byOthers) = (false, false);
        foreach (var removal in removals)
        {
            var costs = removal.Cause is RemovalCause.Cost or RemovalCause.UnknownPrice;
            byCost |= removal.Deployment is null && costs;
            byOthers |= removal.Deployment is null && !costs;
        }

        return byCost && byOthers ? "the cost limit and other bounds left only this model"
            : byCost ? "the cost limit left only this model"
            : byOthers ? "the request and the route's bounds left only this model"
            : "the only model";
    }

    // A choice rests on all candidates, so one stand-in among them is worth saying.
    private static void AddStandIns(ref LineBuilder line, SelectionContext context, ServedPool pool, int chosen)
    {
        if (pool.IndexOf(context.Candidates[chosen].Model.Id) is var own and >= 0 && pool.ProfileOf(own).StandsIn)
        {
            line.Add(" (profile of ");
            line.Add(pool.ProfileOf(own).Measured);
            line.Add(" stands in)");
            return;
        }

        foreach (var candidate in context.Candidates)
        {
            if (pool.IndexOf(candidate.Model.Id) is var at and >= 0 && pool.ProfileOf(at).StandsIn)
            {
                line.Add(" (profiles stand in for others)");
                return;
            }
        }
    }

    // Whom they have corrected: the chosen one, or those it was preferred to.
    private static void AddOutcomes(
        ref LineBuilder line,
        SelectionContext context,
        ServedPool pool,
        PoolOutcomes outcomes,
        int chosen
    )
    {
        var (own, others) = (0, 0);
        for (var i = 0; i < context.Candidates.Length; i++)
        {
            var at = pool.IndexOf(context.Candidates[i].Model.Id);
            var judged = at < 0 ? 0 : outcomes.QuestionsOf(at);
            (own, others) = i == chosen ? (judged, others) : (own, others + judged);
        }

        if (own > 0)
        {
            line.Add(", corrected by ");
            line.AddCount(own);
        }

        if (others > 0)
        {
            line.Add(own > 0 ? " and " : ", with ");
            line.AddCount(others);
        }

        if (own + others > 0)
        {
            line.Add(own + others == 1 ? " outcome" : " outcomes");
            line.Add(
                others == 0 ? ""
                : own == 0 ? " of others"
                : ", its own and others'"
            );
        }
    }
}
