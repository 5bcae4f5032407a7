using Wye.Learning.Evaluation.Baselines;
using Wye.Learning.Metrics;
using Wye.Learning.Numerics;

namespace Wye.Learning.Evaluation;

/// <summary>Decides whether a router may go live for a pool: it must beat what needs no router.</summary>
/// <remarks>
/// The guard questions are cut in two halves. On one the router's settings are picked: its best, and the corners of its
/// frontier; and so is what they are measured by: the best constant model and the models worth mixing. On the other they are
/// judged: the best against the best constant model, however much it costs, the corners against the random mix of the same
/// cost, on average. Then the halves change places. So neither side is judged on the questions it was picked on: the best of
/// two dozen models in hindsight is one that nobody could have named. Both 95 % intervals must exclude zero.
/// </remarks>
internal static class ChampionGuard
{
    /// <summary>Verdict with its two margins in quality.</summary>
    internal sealed record Verdict(bool Champion, Figure OverConstant, Figure OverMix, int Questions);

    /// <summary>Judges one pool.</summary>
    public static Verdict Judge(
        PoolOutcome pool,
        float[] quality,
        double[] cost,
        int resamples = 500,
        ulong seed = 1
    ) => Judge([(pool, ChoiceSweep.ByTradeOff(pool.Models.Count, quality, cost))], resamples, seed);

    /// <summary>Judges several pools (sets that price different models) as one: every question counts alike.</summary>
    public static Verdict Judge(
        IReadOnlyList<(PoolOutcome Pool, ChoiceSweep Sweep)> pools,
        int resamples = 500,
        ulong seed = 1
    )
    {
        var margins = pools.Select(p => Margins(p.Pool, p.Sweep, seed)).ToArray();
        double[] overConstant = [.. margins.SelectMany(m => m.OverConstant)];
        double[] overMix = [.. margins.SelectMany(m => m.OverMix)];
        double[] Mean(int[]? drawn) =>
            drawn is null
                ? [overConstant.Average(), overMix.Average()]
                : [drawn.Average(d => overConstant[d]), drawn.Average(d => overMix[d])];
        double[] values = Mean(null);
        var intervals = PairedBootstrap.Intervals(overMix.Length, Mean, resamples, seed);
        var constant = new Figure(values[0], intervals[0].Low, intervals[0].High);
        var mix = new Figure(values[1], intervals[1].Low, intervals[1].High);
        return new Verdict(constant.Low > 0 && mix.Low > 0, constant, mix, overMix.Length);
    }

    // Per question: what the picked settings gained, over the constant model and over the mix.
    private static (double[] OverConstant, double[] OverMix) Margins(PoolOutcome pool, ChoiceSweep sweep, ulong seed)
    {
        double[] constant = new double[pool.Count];
        double[] mix = new double[pool.Count];
        int[] order = [.. Enumerable.Range(0, pool.Count)];
        var random = new Gaussian(seed ^ 0x4841);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        int half = order.Length / 2;
        Judge(pool, sweep, order[..half], order[half..], constant, mix);
        Judge(pool, sweep, order[half..], order[..half], constant, mix);
        return (constant, mix);
    }

    private static void Judge(
        PoolOutcome pool,
        ChoiceSweep sweep,
        int[] picking,
        int[] judging,
        double[] overConstant,
        double[] overMix
    )
    {
        int width = pool.Models.Count;
        var means = pool.Means(picking);
        int best = Enumerable
            .Range(0, width)
            .OrderByDescending(m => means[m].Quality)
            .ThenBy(m => means[m].Cost)
            .First();
        var points = sweep.Points(pool, picking);
        int pick = Enumerable.Range(0, points.Length).MaxBy(s => points[s].Quality);
        int[] corners = Corners(points);
        MixOfModels mix = new(pool, picking, judging);
        foreach (int question in judging)
        {
            int at = question * width;
            overConstant[question] = pool.Quality[at + sweep.Choices(pick)[question]] - pool.Quality[at + best];
        }

        foreach (int setting in corners)
        {
            (float[] share, int[] models) = mix.At(sweep.Points(pool, judging)[setting].Cost);
            foreach (int question in judging)
            {
                int at = question * width;
                double random = 0;
                for (int m = 0; m < models.Length; m++)
                    random += share[m] * pool.Quality[at + models[m]];
                overMix[question] += (pool.Quality[at + sweep.Choices(setting)[question]] - random) / corners.Length;
            }
        }
    }

    private static int[] Corners((double Quality, double Cost)[] points)
    {
        var hull = new CostQualityHull(points.Select(p => (p.Cost, p.Quality)));
        return [.. hull.Corners.Select(c => Array.FindIndex(points, p => p.Cost == c.Cost && p.Quality == c.Quality))];
    }
}
