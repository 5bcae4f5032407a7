namespace Wye.Learning.Metrics;

/// <summary>The figures RouteLLM's own evaluation prints: 11 quantile thresholds joined by straight lines.</summary>
/// <remarks>
/// As lm-sys/RouteLLM, routellm/evals/evaluate.py does it: thresholds at the deciles of the win rates (linear
/// interpolation), strong when at or above (the last: strictly above), then the trapezoid rule and piecewise-linear
/// interpolation over the 11 points. With tied win rates it differs from the exact curve; that is what this is for.
/// </remarks>
internal sealed record RouteLlmHarness
{
    /// <summary>One threshold: its value, strong share and mean quality.</summary>
    internal readonly record struct Point(double Threshold, double StrongShare, double Quality);

    /// <summary>The 11 points by ascending strong share.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>Average performance gap recovered.</summary>
    public required double Apgr { get; init; }

    /// <summary>Strong share at which 20, 50 and 80 % of the gap are recovered.</summary>
    public required (double Share20, double Share50, double Share80) Cpt { get; init; }

    public static RouteLlmHarness Of(ReadOnlySpan<float> score, ReadOnlySpan<float> weak, ReadOnlySpan<float> strong)
    {
        int n = score.Length;
        float[] sorted = score.ToArray();
        Array.Sort(sorted);
        (double weakMean, double strongMean) = (Mean(weak), Mean(strong));
        var points = new Point[11];
        for (int bin = 0; bin <= 10; bin++)
        {
            double place = bin / 10.0 * (n - 1);
            int low = (int)place;
            double threshold = sorted[low];
            if (low + 1 < n)
                threshold += (place - low) * (sorted[low + 1] - (double)sorted[low]);
            int calls = 0;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                bool toStrong = bin < 10 ? score[i] >= threshold : score[i] > threshold;
                calls += toStrong ? 1 : 0;
                sum += toStrong ? strong[i] : weak[i];
            }

            points[10 - bin] = new Point(threshold, calls / (double)n, sum / n);
        }

        double area = 0;
        double width = 0;
        for (int p = 1; p < points.Length; p++)
        {
            double step = points[p].StrongShare - points[p - 1].StrongShare;
            area += step * (points[p].Quality + points[p - 1].Quality) / 2;
            width += step;
        }

        return new RouteLlmHarness
        {
            Points = points,
            Apgr = (area - (weakMean * width)) / (PairCurve.GapOf(weakMean, strongMean) * width),
            Cpt = (Reach(0.2), Reach(0.5), Reach(0.8)),
        };

        double Reach(double pgr) => Interpolate(points, weakMean + (pgr * (strongMean - weakMean)));
    }

    // numpy.interp with the quality as x: a binary search that takes the curve to be increasing, even where it is not.
    private static double Interpolate(Point[] points, double quality)
    {
        if (quality <= points[0].Quality)
            return points[0].StrongShare;
        if (quality >= points[^1].Quality)
            return points[^1].StrongShare;
        int low = 0;
        int high = points.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (quality >= points[middle].Quality)
                low = middle + 1;
            else
                high = middle;
        }

        (Point left, Point right) = (points[low - 1], points[low]);
        return left.StrongShare
            + ((right.StrongShare - left.StrongShare) * (quality - left.Quality) / (right.Quality - left.Quality));
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float v in values)
            sum += v;
        return sum / values.Length;
    }
}
