namespace Wye.Routing.Selection.Learned;

/// <summary>
/// <c>utility</c>: the highest weighted sum of quality, cheapness and speed. Cheapness is 1 for the cheapest candidate, 0.5 at
/// ten times its cost, 0 at a hundred times; speed is 1 for the fastest, 0 at ten times its latency.
/// </summary>
/// <remarks>An unknown price has no cheapness; an unobserved latency counts as the mean of the observed ones.</remarks>
internal sealed class UtilityObjective : IObjective
{
    // Below a hundred-thousandth of a dollar, costs are not told apart; so free models do not divide by zero.
    private const double LeastCost = 1e-5;
    private const double LeastMilliseconds = 1;

    /// <inheritdoc/>
    public string Name => "utility";

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, Span<double> values)
    {
        var scale = Scale.Of(scores);
        var chosen = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            values[i] =
                (terms.Prefer.Quality * scores[i].Quality)
                + (terms.Prefer.Cost * scale.Cheapness(scores[i]))
                + (terms.Prefer.Speed * scale.Speed(scores[i]));
            chosen = values[i] > values[chosen] ? i : chosen;
        }

        return chosen;
    }

    /// <inheritdoc/>
    public void Why(ref LineBuilder line, ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        var scale = Scale.Of(scores);
        line.Add("quality ");
        line.Add(scores[chosen].Quality);
        line.Add(" x ");
        line.Add(terms.Prefer.Quality);
        line.Add(", cheapness ");
        line.Add(scale.Cheapness(scores[chosen]));
        line.Add(" x ");
        line.Add(terms.Prefer.Cost);
        line.Add(", speed ");
        line.Add(scale.Speed(scores[chosen]));
        line.Add(" x ");
        line.Add(terms.Prefer.Speed);
    }

    /// <inheritdoc/>
    /// <remarks>The setting is the quality slider; the others keep their proportion to each other.</remarks>
    public IReadOnlyList<ChoiceChange> Changes(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        var scale = Scale.Of(scores);
        var rest = terms.Prefer.Cost + terms.Prefer.Speed;
        var (cost, speed) = rest > 0 ? (terms.Prefer.Cost / rest, terms.Prefer.Speed / rest) : (1, 0);
        var (up, upAt, down, downAt) = (-1, double.PositiveInfinity, -1, double.NegativeInfinity);
        var own = (cost * scale.Cheapness(scores[chosen])) + (speed * scale.Speed(scores[chosen]));
        for (var i = 0; i < scores.Length; i++)
        {
            var other = (cost * scale.Cheapness(scores[i])) + (speed * scale.Speed(scores[i]));
            var better = scores[i].Quality - scores[chosen].Quality;
            var steeper = better - (other - own);
            if (i == chosen || steeper == 0)
            {
                continue;
            }

            // w·q + (1 − w)·r is the same for both at this w.
            var turn = (own - other) / steeper;
            if (steeper > 0 && turn >= terms.Prefer.Quality && turn <= 1 && turn < upAt)
            {
                (up, upAt) = (i, turn);
            }
            else if (steeper < 0 && turn <= terms.Prefer.Quality && turn >= 0 && turn > downAt)
            {
                (down, downAt) = (i, turn);
            }
        }

        var changes = new List<ChoiceChange>(2);
        if (up >= 0)
        {
            changes.Add(new ChoiceChange("prefer.quality", Above: true, upAt, up));
        }

        if (down >= 0)
        {
            changes.Add(new ChoiceChange("prefer.quality", Above: false, downAt, down));
        }

        return changes;
    }

    /// <summary>The cheapest and the fastest, which the others are measured by.</summary>
    private readonly record struct Scale(double Cheapest, double Fastest, double UsualSpeed)
    {
        public static Scale Of(ReadOnlySpan<CandidateScore> scores)
        {
            var (cheapest, fastest) = (double.PositiveInfinity, double.PositiveInfinity);
            foreach (var score in scores)
            {
                cheapest = Math.Min(cheapest, Math.Max(LeastCost, score.Dearness));
                fastest = double.IsNaN(score.Milliseconds)
                    ? fastest
                    : Math.Min(fastest, Math.Max(LeastMilliseconds, score.Milliseconds));
            }

            var (sum, observed) = (0.0, 0);
            foreach (var score in scores)
            {
                if (!double.IsNaN(score.Milliseconds))
                {
                    sum += SpeedOf(score.Milliseconds, fastest);
                    observed++;
                }
            }

            return new Scale(cheapest, fastest, observed == 0 ? 1 : sum / observed);
        }

        public double Cheapness(in CandidateScore score) =>
            double.IsNaN(score.Cost) ? 0 : 1 - Math.Min(1, Math.Log10(Math.Max(LeastCost, score.Cost) / Cheapest) / 2);

        public double Speed(in CandidateScore score) =>
            double.IsNaN(score.Milliseconds) ? UsualSpeed : SpeedOf(score.Milliseconds, Fastest);

        private static double SpeedOf(double milliseconds, double fastest) =>
            1 - Math.Min(1, Math.Log10(Math.Max(LeastMilliseconds, milliseconds) / fastest));
    }
}
