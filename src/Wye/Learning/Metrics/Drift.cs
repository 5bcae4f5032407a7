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

    /// <summary>Inner edges of equal-sized bins of a reference: what is kept of it to measure drift later.</summary>
    public static float[] Edges(ReadOnlySpan<float> reference, int bins = 10)
    {
        float[] sorted = reference.ToArray();
        Array.Sort(sorted);
        float[] edges = new float[bins - 1];
        for (int b = 1; b < bins; b++)
            edges[b - 1] = sorted[(int)((long)sorted.Length * b / bins)];
        return edges;
    }

    /// <summary>Population stability index of live values against bins that held equal shares of the reference.</summary>
    public static double PsiOfEdges(ReadOnlySpan<float> edges, ReadOnlySpan<float> live)
    {
        int bins = edges.Length + 1;
        double psi = 0;
        for (int b = 0; b < bins; b++)
        {
            float low = b == 0 ? float.NegativeInfinity : edges[b - 1];
            float high = b == bins - 1 ? float.PositiveInfinity : edges[b];
            double share = (Within(live, low, high) + 0.5) / (live.Length + (0.5 * bins));
            psi += (share - (1.0 / bins)) * Math.Log(share * bins);
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
