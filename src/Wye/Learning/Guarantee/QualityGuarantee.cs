namespace Wye.Learning.Guarantee;

/// <summary>Finds the cheapest threshold that keeps a share of strong's quality, with a distribution-free promise.</summary>
/// <remarks>
/// Learn then test (Angelopoulos et al., arXiv 2110.01052) by fixed-sequence testing: thresholds go from "all strong"
/// to "all weak"; each hypothesis "quality lost &gt; 1 − share" is tested at the full level; the walk stops at the first
/// that cannot be rejected, so no correction for the number of thresholds is due. The loss of a question is what
/// strong had and the choice lost; its mean is bounded by Clopper–Pearson for 0/1 scores, else by the
/// Hoeffding–Bentkus bound of the same paper.
/// </remarks>
internal static class QualityGuarantee
{
    /// <summary>Result of the search.</summary>
    /// <param name="Achieved">Whether any threshold below "all strong" passed.</param>
    /// <param name="Threshold">Strong when the win rate is at least this.</param>
    /// <param name="StrongShare">Share of strong calls on the calibration questions.</param>
    /// <param name="QualityShare">Observed quality over strong's quality at that threshold.</param>
    internal sealed record Promise(bool Achieved, float Threshold, double StrongShare, double QualityShare);

    /// <summary>Searches over <paramref name="steps"/> thresholds at quantiles of the win rate.</summary>
    /// <param name="winRate">Score per calibration question.</param>
    /// <param name="weak">Quality of weak's answers, 0..1.</param>
    /// <param name="strong">Quality of strong's answers, 0..1.</param>
    /// <param name="share">Share of strong's mean quality to keep, e.g. 0.95.</param>
    /// <param name="confidence">Confidence of the promise, e.g. 0.95.</param>
    /// <param name="steps">Number of thresholds.</param>
    public static Promise Find(
        ReadOnlySpan<float> winRate,
        ReadOnlySpan<float> weak,
        ReadOnlySpan<float> strong,
        double share,
        double confidence,
        int steps = 100
    )
    {
        int n = winRate.Length;
        float[] sorted = winRate.ToArray();
        Array.Sort(sorted);
        double strongMean = 0;
        foreach (float s in strong)
            strongMean += s / (double)n;
        var promise = new Promise(false, float.NegativeInfinity, 1, 1);
        for (int step = 1; step <= steps; step++)
        {
            float threshold = step == steps ? float.PositiveInfinity : sorted[(int)((long)n * step / steps)];
            // d = share·strong − chosen has mean ≤ 0 exactly when the promise holds; shifted into 0..1 it can be bounded.
            double sum = 0;
            int calls = 0;
            double quality = 0;
            for (int i = 0; i < n; i++)
            {
                bool toStrong = winRate[i] >= threshold;
                calls += toStrong ? 1 : 0;
                float chosen = toStrong ? strong[i] : weak[i];
                quality += chosen;
                sum += ((share * strong[i]) - chosen + 1) / (1 + share);
            }

            if (PValue(sum / n, n, 1 / (1 + share), winRate, weak, strong, threshold, share) > 1 - confidence)
                break;
            promise = new Promise(true, threshold, calls / (double)n, quality / n / strongMean);
        }

        return promise;
    }

    private static double PValue(
        double mean,
        int n,
        double limit,
        ReadOnlySpan<float> winRate,
        ReadOnlySpan<float> weak,
        ReadOnlySpan<float> strong,
        float threshold,
        double share
    )
    {
        if (mean >= limit)
            return 1;
        double hoeffding = Math.Exp(-n * Divergence(mean, limit));
        double bentkus = Math.E * ClopperPearson.Cdf((int)Math.Ceiling(n * mean), n, limit);
        // A betting martingale adapts to the small variance of d; it is what makes the promise useful.
        double betting = Betting(n, limit, winRate, weak, strong, threshold, share);
        return Math.Min(1, Math.Min(betting, Math.Min(hoeffding, bentkus)));
    }

    // Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2023, §4: capital of a
    // predictable-mixture bet against mean ≥ limit; its running maximum's inverse is a valid p-value (Ville).
    private static double Betting(
        int n,
        double limit,
        ReadOnlySpan<float> winRate,
        ReadOnlySpan<float> weak,
        ReadOnlySpan<float> strong,
        float threshold,
        double share
    )
    {
        double logCapital = 0;
        double best = 0;
        double sum = limit;
        double squares = 0.25;
        for (int i = 0; i < n; i++)
        {
            double mean = sum / (i + 1);
            double variance = squares / (i + 1);
            double bet = Math.Min((limit - mean) / (variance + ((limit - mean) * (limit - mean))), 0.75 / (1 - limit));
            bet = Math.Max(0, bet);
            float chosen = winRate[i] >= threshold ? strong[i] : weak[i];
            double x = ((share * strong[i]) - chosen + 1) / (1 + share);
            logCapital += Math.Log(1 + (bet * (limit - x)));
            best = Math.Max(best, logCapital);
            sum += x;
            squares += (x - mean) * (x - mean);
        }

        return Math.Exp(-best);
    }

    private static double Divergence(double a, double b)
    {
        double first = a > 0 ? a * Math.Log(a / b) : 0;
        double second = a < 1 ? (1 - a) * Math.Log((1 - a) / (1 - b)) : 0;
        return first + second;
    }
}
