namespace Wye.Learning.Metrics;

/// <summary>Scores and costs of a pool on some questions, without gaps.</summary>
/// <param name="Models">Names of the models.</param>
/// <param name="Quality">Observed quality. [questions × models].</param>
/// <param name="Cost">Observed cost in USD. [questions × models].</param>
internal sealed record PoolOutcome(IReadOnlyList<string> Models, float[] Quality, double[] Cost)
{
    /// <summary>Number of questions.</summary>
    public int Count => Quality.Length / Models.Count;

    /// <summary>Mean quality and mean cost per question of one model for all.</summary>
    public (double Quality, double Cost) Constant(int model) => Of(i => model);

    /// <summary>Mean quality and mean cost of every model on the given questions; all when null.</summary>
    public (double Quality, double Cost)[] Means(int[]? drawn = null)
    {
        int width = Models.Count;
        var means = new (double Quality, double Cost)[width];
        int n = drawn?.Length ?? Count;
        for (int i = 0; i < n; i++)
        {
            int at = (drawn is null ? i : drawn[i]) * width;
            for (int m = 0; m < width; m++)
            {
                means[m].Quality += Quality[at + m];
                means[m].Cost += Cost[at + m];
            }
        }

        for (int m = 0; m < width; m++)
            means[m] = (means[m].Quality / n, means[m].Cost / n);
        return means;
    }

    /// <summary>Number of the model of best mean quality; the cheaper one of equals.</summary>
    public int BestSingle() =>
        Enumerable
            .Range(0, Models.Count)
            .OrderByDescending(m => Constant(m).Quality)
            .ThenBy(m => Constant(m).Cost)
            .First();

    /// <summary>Mean quality and cost when question i goes to model <paramref name="choice"/>(i).</summary>
    public (double Quality, double Cost) Of(Func<int, int> choice)
    {
        double quality = 0;
        double cost = 0;
        for (int i = 0; i < Count; i++)
        {
            int at = (i * Models.Count) + choice(i);
            quality += Quality[at];
            cost += Cost[at];
        }

        return (quality / Count, cost / Count);
    }

    /// <summary>The best possible choice per question, the cheapest of equals.</summary>
    public int Oracle(int question)
    {
        int best = 0;
        int at = question * Models.Count;
        for (int m = 1; m < Models.Count; m++)
        {
            if (
                Quality[at + m] > Quality[at + best]
                || (Quality[at + m] == Quality[at + best] && Cost[at + m] < Cost[at + best])
            )
                best = m;
        }

        return best;
    }

    /// <summary>Operating points of argmax predicted quality − λ · predicted cost over a sweep of λ.</summary>
    public IReadOnlyList<(double Lambda, double Quality, double Cost)> Sweep(float[] quality, double[] cost)
    {
        double mean = Math.Max(1e-12, cost.Average());
        var points = new List<(double, double, double)> { Point(0) };
        for (double exponent = -4; exponent <= 2; exponent += 0.05)
            points.Add(Point(Math.Pow(10, exponent) / mean));
        return points;

        (double, double, double) Point(double lambda)
        {
            (double q, double c) = Of(i => Choose(quality, cost, i, lambda));
            return (lambda, q, c);
        }
    }

    /// <summary>argmax of quality − λ · cost for one question.</summary>
    public int Choose(float[] quality, double[] cost, int question, double lambda)
    {
        int at = question * Models.Count;
        int best = 0;
        for (int m = 1; m < Models.Count; m++)
        {
            if (quality[at + m] - (lambda * cost[at + m]) > quality[at + best] - (lambda * cost[at + best]))
                best = m;
        }

        return best;
    }

    /// <summary>Share of cost saved at quality ≥ <paramref name="share"/> of the best single's; 0 when nothing saves.</summary>
    public double Savings(IEnumerable<(double Lambda, double Quality, double Cost)> points, double share = 1)
    {
        (double quality, double cost) = Constant(BestSingle());
        double least = points
            .Where(p => p.Quality >= share * quality - 1e-12)
            .Select(p => p.Cost)
            .DefaultIfEmpty(cost)
            .Min();
        return 1 - (Math.Min(least, cost) / cost);
    }

    /// <summary>Puts each model's mean cost where none is predicted, as where too few costs were there to learn from.</summary>
    /// <param name="cost">Predicted cost, NaN where there is none. [questions × models].</param>
    public void FillUnknown(double[] cost)
    {
        var means = Means();
        for (int i = 0; i < cost.Length; i++)
        {
            if (double.IsNaN(cost[i]))
                cost[i] = means[i % means.Length].Cost;
        }
    }
}
