using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>Savings and AIQ of whole frontiers, on all questions or on a resample.</summary>
internal sealed class FrontierMeasure(RoutedQuestions routed, PoolReference reference)
{
    private const int Width = 5;
    private static readonly double[] s_shares = [1, 0.99, 0.95];

    /// <summary>Five figures per router, the random mix last.</summary>
    public double[] Measure(int[]? drawn)
    {
        PoolOutcome pool = routed.Outcome;
        var means = pool.Means(drawn);
        (double bestQuality, double bestCost) = means[reference.Best];
        var mix = new CostQualityHull(means.Select(m => (m.Cost, m.Quality)));
        double from = means.Min(m => m.Cost);
        double to = means.Max(m => m.Cost);
        double plain = to > from ? mix.Aiq(from, to) : bestQuality;
        double[] figures = new double[(routed.Routers.Count + 1) * Width];
        for (int r = 0; r < routed.Routers.Count; r++)
        {
            var points = routed.Routers[r].Sweep.Points(pool, drawn);
            Span<double> own = figures.AsSpan(r * Width, Width);
            for (int s = 0; s < s_shares.Length; s++)
                own[s] = Saved(points, s_shares[s] * bestQuality, bestCost);
            // A router may always fall back to a single model: its frontier has them too.
            var hull = new CostQualityHull(points.Select(p => (p.Cost, p.Quality)).Append((from, Cheapest(means))));
            own[3] = to > from ? hull.Aiq(from, to) : bestQuality;
            own[4] = own[3] - plain;
        }

        Span<double> random = figures.AsSpan(routed.Routers.Count * Width, Width);
        for (int s = 0; s < s_shares.Length; s++)
        {
            double cost = mix.CostOf(s_shares[s] * bestQuality);
            random[s] = bestCost > 0 && !double.IsNaN(cost) ? 1 - (Math.Min(cost, bestCost) / bestCost) : 0;
        }

        random[3] = plain;
        return figures;
    }

    /// <summary>The figures with their names.</summary>
    public IReadOnlyList<PoolReport.Frontier> Named(double[] values, (double Low, double High)[] intervals)
    {
        PoolOutcome pool = routed.Outcome;
        Figure At(int i) => new(values[i], intervals[i].Low, intervals[i].High);
        var mix = new CostQualityHull(pool.Means().Select(m => (m.Cost, m.Quality)));
        return
        [
            .. routed
                .Routers.Select(r => (r.Name, Points: (IReadOnlyList<(double, double)>)r.Sweep.Points(pool)))
                .Append(("random mix of single models", [.. mix.Corners.Select(c => (c.Quality, c.Cost))]))
                .Select(
                    (f, r) =>
                        new PoolReport.Frontier(
                            f.Name,
                            At(r * Width),
                            At((r * Width) + 1),
                            At((r * Width) + 2),
                            At((r * Width) + 3),
                            At((r * Width) + 4),
                            f.Points
                        )
                ),
        ];
    }

    private static double Cheapest((double Quality, double Cost)[] means) => means.MinBy(m => m.Cost).Quality;

    private static double Saved((double Quality, double Cost)[] points, double quality, double bestCost)
    {
        double least = bestCost;
        foreach (var (q, c) in points)
        {
            if (q >= quality - 1e-12 && c < least)
                least = c;
        }

        return bestCost > 0 ? 1 - (least / bestCost) : 0;
    }
}
