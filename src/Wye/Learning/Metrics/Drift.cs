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

    /// <summary>
    /// Share of a reference in each bin between its edges; null where they are alike, as <see cref="Edges"/> means them.
    /// Equal values cannot be parted: then they are not, and taken for alike they would show a drift that is none.
    /// </summary>
    public static double[]? Shares(ReadOnlySpan<float> reference, ReadOnlySpan<float> edges)
    {
        double even = reference.Length / (edges.Length + 1.0);
        double[] shares = new double[edges.Length + 1];
        bool alike = true;
        for (int b = 0; b < shares.Length; b++)
        {
            int count = Within(reference, edges, b);
            shares[b] = count / (double)reference.Length;
            alike &= Math.Abs(count - even) < 1;
        }

        return alike ? null : shares;
    }

    /// <summary>Population stability index of live values against what a reference had in the same bins.</summary>
    /// <param name="edges">Inner edges of the bins.</param>
    /// <param name="live">Live values.</param>
    /// <param name="shares">Share of the reference in each bin; empty = all alike.</param>
    /// <param name="questions">Number of values of the reference; counts where shares are given.</param>
    public static double PsiOfEdges(
        ReadOnlySpan<float> edges,
        ReadOnlySpan<float> live,
        ReadOnlySpan<double> shares = default,
        int questions = 0
    )
    {
        int bins = edges.Length + 1;
        double psi = 0;
        for (int b = 0; b < bins; b++)
        {
            double share = Smoothed(Within(live, edges, b), live.Length, bins);
            double was = shares.IsEmpty ? 1.0 / bins : Smoothed(shares[b] * questions, questions, bins);
            psi += (share - was) * Math.Log(share / was);
        }

        return psi;
    }

    // Half a value more per bin: an empty one has no logarithm.
    private static double Smoothed(double count, int values, int bins) => (count + 0.5) / (values + (0.5 * bins));

    private static int Within(ReadOnlySpan<float> values, ReadOnlySpan<float> edges, int bin) =>
        Within(
            values,
            bin == 0 ? float.NegativeInfinity : edges[bin - 1],
            bin == edges.Length ? float.PositiveInfinity : edges[bin]
        );

    private static int Within(ReadOnlySpan<float> values, float low, float high)
    {
        int count = 0;
        foreach (float v in values)
            count += v >= low && v < high ? 1 : 0;
        return count;
    }
}
