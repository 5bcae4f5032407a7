using Wye.Learning.Numerics;

namespace Wye.Learning.Guarantee;

/// <summary>Finds the cheapest threshold that keeps a share of strong's quality, with a distribution-free promise.</summary>
/// <remarks>
/// Learn then test (Angelopoulos et al., arXiv 2110.01052) by fixed-sequence testing: thresholds go from "all strong"
/// to "all weak"; each hypothesis "the share is not kept" is tested at the full level; the walk stops at the first that
/// cannot be rejected, so no correction for the number of thresholds is due. The thresholds are a fixed grid: taken from
/// the sample they would depend on what they are tested on. d = share · strong − chosen has a mean ≤ 0 exactly when the
/// promise holds; shifted into 0..1 it is tested by <see cref="BettingTest"/>, one test per threshold (the least of
/// several p-values would not be one).
/// </remarks>
internal static class QualityGuarantee
{
    private const ulong ShuffleSeed = 0x5AFE;

    /// <summary>Result of the search.</summary>
    /// <param name="Achieved">Whether any threshold below "all strong" passed.</param>
    /// <param name="Threshold">Strong when the win rate is at least this.</param>
    /// <param name="StrongShare">Share of strong calls on the calibration questions.</param>
    /// <param name="QualityShare">Observed quality over strong's quality at that threshold.</param>
    internal sealed record Promise(bool Achieved, float Threshold, double StrongShare, double QualityShare);

    /// <summary>Thresholds −1, −0.9975, …, 1, ∞: gains and win rates lie in that range.</summary>
    public static IReadOnlyList<float> Grid { get; } =
    [.. Enumerable.Range(0, 801).Select(i => (i - 400) / 400f), float.PositiveInfinity];

    /// <summary>Searches the grid.</summary>
    /// <param name="winRate">Score per calibration question.</param>
    /// <param name="weak">Quality of weak's answers, 0..1.</param>
    /// <param name="strong">Quality of strong's answers, 0..1.</param>
    /// <param name="share">Share of strong's mean quality to keep, e.g. 0.95.</param>
    /// <param name="confidence">Confidence of the promise, e.g. 0.95.</param>
    /// <param name="grid">Thresholds, ascending, fixed without a look at the sample; null for <see cref="Grid"/>.</param>
    public static Promise Find(
        ReadOnlySpan<float> winRate,
        ReadOnlySpan<float> weak,
        ReadOnlySpan<float> strong,
        double share,
        double confidence,
        IReadOnlyList<float>? grid = null
    )
    {
        (float[] rate, float[] w, float[] s) = Shuffled(winRate, weak, strong);
        float[] sorted = [.. rate];
        Array.Sort(sorted);
        double strongMean = s.Average();
        var promise = new Promise(false, float.NegativeInfinity, 1, 1);
        int tested = -1;
        foreach (float threshold in grid ?? Grid)
        {
            int weakCalls = Below(sorted, threshold);
            if (weakCalls == 0)
                continue;
            if (weakCalls != tested)
            {
                double Loss(int i) => ((share * s[i]) - (rate[i] >= threshold ? s[i] : w[i]) + 1) / (1 + share);
                if (!BettingTest.Rejects(rate.Length, Loss, 1 / (1 + share), 1 - confidence))
                    break;
                tested = weakCalls;
            }

            double quality = 0;
            for (int i = 0; i < rate.Length; i++)
                quality += (rate[i] >= threshold ? s[i] : w[i]) / (double)rate.Length;
            promise = new Promise(
                true,
                threshold,
                1 - (weakCalls / (double)rate.Length),
                strongMean > 0 ? quality / strongMean : 1
            );
        }

        return promise;
    }

    // Files are sorted by task; a bet needs the questions in random order.
    private static (float[] Rate, float[] Weak, float[] Strong) Shuffled(
        ReadOnlySpan<float> rate,
        ReadOnlySpan<float> weak,
        ReadOnlySpan<float> strong
    )
    {
        var random = new Gaussian(ShuffleSeed);
        (float[] r, float[] w, float[] s) = (rate.ToArray(), weak.ToArray(), strong.ToArray());
        for (int i = r.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (r[i], r[j]) = (r[j], r[i]);
            (w[i], w[j]) = (w[j], w[i]);
            (s[i], s[j]) = (s[j], s[i]);
        }

        return (r, w, s);
    }

    private static int Below(float[] sorted, float threshold)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < threshold)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
