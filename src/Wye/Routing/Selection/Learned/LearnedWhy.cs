using Wye.Quality;
using Wye.Quality.Prior;

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
        objective.Why(ref line, scores, terms, chosen);
        line.Add(" -> ");
        line.Add(context.Candidates[chosen].Model.Id.Value);
        AddStandIns(ref line, context, pool, chosen);
        if (outcomes is { Judgements: > 0 })
        {
            AddOutcomes(ref line, context, pool, outcomes, chosen);
        }

        return line.ToString();
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
