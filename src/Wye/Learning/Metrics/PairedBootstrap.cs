using Wye.Learning.Numerics;

namespace Wye.Learning.Metrics;

/// <summary>Percentile intervals by resampling questions; every figure of one resample sees the same questions.</summary>
internal static class PairedBootstrap
{
    /// <summary>95 % interval per figure.</summary>
    /// <param name="count">Number of questions.</param>
    /// <param name="figures">Figures of a resample given as question numbers, with repetition.</param>
    /// <param name="resamples">Number of resamples.</param>
    /// <param name="seed">Seed.</param>
    public static (double Low, double High)[] Intervals(
        int count,
        Func<int[], double[]> figures,
        int resamples = 300,
        ulong seed = 1
    )
    {
        var random = new Gaussian(seed);
        double[][] results = new double[resamples][];
        int[] drawn = new int[count];
        for (int b = 0; b < resamples; b++)
        {
            for (int i = 0; i < count; i++)
                drawn[i] = random.NextBelow(count);
            results[b] = figures(drawn);
        }

        var intervals = new (double, double)[results[0].Length];
        for (int f = 0; f < intervals.Length; f++)
        {
            // A resample may leave a figure undefined (no gap between two models): it says nothing then.
            double[] sorted = [.. results.Select(r => r[f]).Where(double.IsFinite).Order()];
            int last = sorted.Length - 1;
            intervals[f] =
                last < 0
                    ? (double.NaN, double.NaN)
                    : (sorted[(int)(0.025 * last)], sorted[(int)Math.Ceiling(0.975 * last)]);
        }

        return intervals;
    }
}
