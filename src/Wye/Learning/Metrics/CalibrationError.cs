namespace Wye.Learning.Metrics;

/// <summary>How far predicted probabilities are from observed frequencies.</summary>
internal sealed record CalibrationError
{
    /// <summary>Mean prediction, mean outcome and count per bin that is not empty.</summary>
    public required IReadOnlyList<(double Predicted, double Observed, int Count)> Bins { get; init; }

    /// <summary>Expected calibration error: Σ share(bin) · |observed − predicted|.</summary>
    public required double Ece { get; init; }

    /// <summary>Mean squared difference of prediction and outcome.</summary>
    public required double Brier { get; init; }

    /// <summary>Measures with bins of equal width over 0..1; predictions are clipped to that range.</summary>
    public static CalibrationError Of(ReadOnlySpan<float> predicted, ReadOnlySpan<float> observed, int bins = 15)
    {
        double[] p = new double[bins];
        double[] o = new double[bins];
        int[] count = new int[bins];
        double brier = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            double x = Math.Clamp(predicted[i], 0, 1);
            int bin = Math.Min(bins - 1, (int)(x * bins));
            p[bin] += x;
            o[bin] += observed[i];
            count[bin]++;
            brier += (x - observed[i]) * (x - observed[i]);
        }

        double ece = 0;
        var kept = new List<(double, double, int)>();
        for (int b = 0; b < bins; b++)
        {
            if (count[b] == 0)
                continue;
            ece += Math.Abs(o[b] - p[b]) / predicted.Length;
            kept.Add((p[b] / count[b], o[b] / count[b], count[b]));
        }

        return new CalibrationError
        {
            Bins = kept,
            Ece = ece,
            Brier = brier / predicted.Length,
        };
    }
}
