using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>Decides whether a router may go live for a pool: it must beat what needs no router.</summary>
/// <remarks>
/// On questions it never saw, its quality at the best constant model's cost must be above that model's, and its hull
/// above the hull of the single models (the random mix at equal cost); both 95 % intervals must exclude zero.
/// </remarks>
internal static class ChampionGuard
{
    /// <summary>Verdict with its two margins.</summary>
    internal sealed record Verdict(bool Champion, Figure OverConstant, Figure OverMix);

    public static Verdict Judge(PoolOutcome pool, float[] quality, double[] cost, int resamples = 200, ulong seed = 1)
    {
        int models = pool.Models.Count;
        double[] values = Margins(pool, quality, cost);
        var intervals = PairedBootstrap.Intervals(
            pool.Count,
            drawn =>
                Margins(
                    new PoolOutcome(pool.Models, Pick(pool.Quality, drawn, models), Pick(pool.Cost, drawn, models)),
                    Pick(quality, drawn, models),
                    Pick(cost, drawn, models)
                ),
            resamples,
            seed
        );
        var constant = new Figure(values[0], intervals[0].Low, intervals[0].High);
        var mix = new Figure(values[1], intervals[1].Low, intervals[1].High);
        return new Verdict(constant.Low > 0 && mix.Low > 0, constant, mix);
    }

    private static double[] Margins(PoolOutcome pool, float[] quality, double[] cost)
    {
        (double bestQuality, double bestCost) = pool.Constant(pool.BestSingle());
        var singles = Enumerable
            .Range(0, pool.Models.Count)
            .Select(m => (pool.Constant(m).Cost, pool.Constant(m).Quality))
            .ToArray();
        var plain = new CostQualityHull(singles);
        var own = new CostQualityHull(pool.Sweep(quality, cost).Select(p => (p.Cost, p.Quality)));
        double from = singles.Min(s => s.Cost);
        double to = singles.Max(s => s.Cost);
        double mix = to > from ? own.Aiq(from, to) - plain.Aiq(from, to) : 0;
        return [own.At(bestCost) - bestQuality, mix];
    }

    private static T[] Pick<T>(T[] matrix, int[] rows, int width)
    {
        var picked = new T[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            Array.Copy(matrix, rows[i] * width, picked, i * width, width);
        return picked;
    }
}
