namespace Wye.Routing.Selection.Learned;

/// <summary><c>bar</c>: the cheapest candidate whose expected quality reaches the bar; when none does, the best, or what is as good and cheaper.</summary>
internal sealed class BarObjective : IObjective
{
    /// <summary>Qualities that lie this close are told apart by nothing that was measured.</summary>
    public const double AsGood = 0.01;

    /// <inheritdoc/>
    public string Name => "bar";

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, Span<double> values)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            values[i] = scores[i].Quality - terms.Bar;
        }

        return ChooseAt(scores, terms.Bar);
    }

    /// <inheritdoc/>
    public void Why(ref LineBuilder line, ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        line.Add("quality ");
        line.Add(scores[chosen].Quality);
        if (scores[chosen].Quality < terms.Bar)
        {
            line.Add(" is the best, none reaches ");
            line.Add(terms.Bar);
            return;
        }

        var meeting = 0;
        foreach (var score in scores)
        {
            meeting += score.Quality >= terms.Bar ? 1 : 0;
        }

        line.Add(" >= bar ");
        line.Add(terms.Bar);
        line.Add(", cheapest of ");
        line.AddCount(meeting);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChoiceChange> Changes(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        // The choice can turn only where a quality is passed.
        var turns = new double[scores.Length];
        for (var i = 0; i < turns.Length; i++)
        {
            turns[i] = scores[i].Quality;
        }

        Array.Sort(turns);
        var changes = new List<ChoiceChange>();
        foreach (var turn in turns)
        {
            if (turn >= terms.Bar && ChooseAt(scores, Math.BitIncrement(turn)) is var up && up != chosen)
            {
                changes.Add(new ChoiceChange("quality", Above: true, turn, up));
                break;
            }
        }

        for (var i = turns.Length - 1; i >= 0; i--)
        {
            if (turns[i] < terms.Bar && ChooseAt(scores, turns[i]) is var down && down != chosen)
            {
                changes.Add(new ChoiceChange("quality", Above: false, turns[i], down));
                break;
            }
        }

        return changes;
    }

    private static int ChooseAt(ReadOnlySpan<CandidateScore> scores, double bar)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i].Quality > scores[best].Quality ? i : best;
        }

        return Cheapest(scores, scores[best].Quality >= bar ? bar : scores[best].Quality - AsGood);
    }

    private static int Cheapest(ReadOnlySpan<CandidateScore> scores, double bar)
    {
        var chosen = -1;
        for (var i = 0; i < scores.Length; i++)
        {
            if (
                scores[i].Quality >= bar
                && (
                    chosen < 0
                    || scores[i].Dearness < scores[chosen].Dearness
                    || (scores[i].Cost == scores[chosen].Cost && scores[i].Quality > scores[chosen].Quality)
                )
            )
            {
                chosen = i;
            }
        }

        return chosen;
    }
}
