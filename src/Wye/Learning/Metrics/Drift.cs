namespace Wye.Learning.Metrics;

/// <summary>Change of a distribution between calibration and live traffic.</summary>
internal static class Drift
{
    /// <summary>
    /// Population stability index over deciles of the reference: Σ (live − ref)·ln(live / ref); above 0.25 is a shift.
    /// </summary>
    public static double Psi(ReadOnlySpan<float> reference, ReadOnlySpan<float> live, int bins = 10)
    {
        float[] sorted = reference.ToArray();
        Array.Sort(sorted);
        double psi = 0;
        for (int b = 0; b < bins; b++)
        {
            float low = b == 0 ? float.NegativeInfinity : sorted[sorted.Length * b / bins];
            float high = b == bins - 1 ? float.PositiveInfinity : sorted[sorted.Length * (b + 1) / bins];
            double r = (Within(reference, low, high) + 0.5) / (reference.Length + (0.5 * bins));
            double l = (Within(live, low, high) + 0.5) / (live.Length + (0.5 * bins));
            psi += (l - r) * Math.Log(l / r);
        }

        return psi;
    }

    private static int Within(ReadOnlySpan<float> values, float low, float high)
    {
        int count = 0;
        foreach (float v in values)
            count += v >= low && v < high ? 1 : 0;
        return count;
    }
}
