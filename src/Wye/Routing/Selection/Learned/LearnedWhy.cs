using Wye.Quality;

namespace Wye.Routing.Selection.Learned;

/// <summary>The line of <c>why</c>.</summary>
internal static class LearnedWhy
{
    public static string Write(
        SelectionContext context,
        ServedPool pool,
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
}
