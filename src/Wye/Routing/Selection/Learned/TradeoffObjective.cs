namespace Wye.Routing.Selection.Learned;

/// <summary><c>tradeoff</c>: the highest expected quality less λ times expected cost. A candidate of unknown price is taken only when all are.</summary>
internal sealed class TradeoffObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "tradeoff";

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, Span<double> values)
    {
        var known = false;
        foreach (var score in scores)
        {
            known |= !double.IsNaN(score.Cost);
        }

        var chosen = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            values[i] = known ? scores[i].Quality - (terms.Lambda * scores[i].Dearness) : scores[i].Quality;
            chosen = values[i] > values[chosen] ? i : chosen;
        }

        return chosen;
    }

    /// <inheritdoc/>
    public void Why(ref LineBuilder line, ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        line.Add("quality ");
        line.Add(scores[chosen].Quality);
        if (!double.IsNaN(scores[chosen].Cost))
        {
            line.Add(" - ");
            line.Add(terms.Lambda);
            line.Add(" x $");
            line.AddDollars(scores[chosen].Cost);
        }

        line.Add(" is the most");
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChoiceChange> Changes(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        var (up, upAt, down, downAt) = (-1, double.PositiveInfinity, -1, double.NegativeInfinity);
        var own = scores[chosen];
        for (var i = 0; i < scores.Length; i++)
        {
            if (i == chosen || double.IsNaN(scores[i].Cost) || double.IsNaN(own.Cost) || scores[i].Cost == own.Cost)
            {
                continue;
            }

            // λ at which both are worth the same.
            var turn = (own.Quality - scores[i].Quality) / (own.Cost - scores[i].Cost);
            if (scores[i].Cost < own.Cost && turn >= terms.Lambda && turn < upAt)
            {
                (up, upAt) = (i, turn);
            }
            else if (scores[i].Cost > own.Cost && turn <= terms.Lambda && turn >= 0 && turn > downAt)
            {
                (down, downAt) = (i, turn);
            }
        }

        var changes = new List<ChoiceChange>(2);
        if (up >= 0)
        {
            changes.Add(new ChoiceChange("lambda", Above: true, upAt, up));
        }

        if (down >= 0)
        {
            changes.Add(new ChoiceChange("lambda", Above: false, downAt, down));
        }

        return changes;
    }
}
