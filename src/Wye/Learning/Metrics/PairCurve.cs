namespace Wye.Learning.Metrics;

/// <summary>Quality against strong-call share when strong is called in descending order of a score.</summary>
/// <remarks>
/// PGR(k) = (Q(k) − Q_weak) / (Q_strong − Q_weak) after sending the k highest-scored questions to strong (RouteLLM,
/// arXiv 2406.18665, eq. 4–6). Equal scores are sent together as a straight segment, so that their order cannot help.
/// </remarks>
internal sealed class PairCurve
{
    // Scores have 32 bits: a mean difference of less is what rounding leaves of none.
    private const double LeastGap = 1e-6;
    private readonly double[] _quality;

    /// <summary>Builds the curve.</summary>
    /// <param name="score">Win rate or gain per question; higher goes to strong first.</param>
    /// <param name="weak">Quality of the weak answers, 0..1.</param>
    /// <param name="strong">Quality of the strong answers, 0..1.</param>
    public PairCurve(ReadOnlySpan<float> score, ReadOnlySpan<float> weak, ReadOnlySpan<float> strong)
        : this(new PairOrder(score, weak, strong).Curve()._quality) { }

    /// <summary>Takes mean quality after 0, 1, …, n strong calls.</summary>
    internal PairCurve(double[] quality) => _quality = quality;

    /// <summary>Number of questions.</summary>
    public int Count => _quality.Length - 1;

    /// <summary>Mean quality when all go to weak.</summary>
    public double WeakQuality => _quality[0];

    /// <summary>Mean quality when all go to strong.</summary>
    public double StrongQuality => _quality[^1];

    /// <summary>Quality that strong has over weak; NaN where they are equally good, since nothing can be recovered then.</summary>
    public double Gap => GapOf(WeakQuality, StrongQuality);

    /// <summary>Mean quality after the first <paramref name="k"/> questions went to strong.</summary>
    public double QualityAt(int k) => _quality[k];

    /// <summary>Performance gap recovered after k strong calls; 0 at none, 1 at all.</summary>
    public double PgrAt(int k) => (_quality[k] - WeakQuality) / Gap;

    /// <summary>Mean quality at a share of strong calls 0..1, linear between calls.</summary>
    public double QualityAtShare(double share)
    {
        double at = Math.Clamp(share, 0, 1) * Count;
        int low = Math.Min((int)at, Count - 1);
        return _quality[low] + ((_quality[low + 1] - _quality[low]) * (at - low));
    }

    /// <summary>The gap between two mean qualities; NaN where rounding alone tells them apart.</summary>
    internal static double GapOf(double weak, double strong) =>
        Math.Abs(strong - weak) < LeastGap ? double.NaN : strong - weak;

    /// <summary>Area under PGR over the strong share, trapezoid over every question; a random router has ½.</summary>
    public double Apgr()
    {
        double area = 0;
        for (int k = 0; k < Count; k++)
            area += (PgrAt(k) + PgrAt(k + 1)) / 2;
        return area / Count;
    }

    /// <summary>RouteLLM's own figure: mean PGR over the shares 0, 10 %, …, 100 % by the trapezoid rule.</summary>
    public double ApgrTenBins()
    {
        double area = 0;
        for (int bin = 0; bin < 10; bin++)
            area += (PgrAt(Count * bin / 10) + PgrAt(Count * (bin + 1) / 10)) / 2;
        return area / 10;
    }

    /// <summary>Least strong share that recovers <paramref name="pgr"/> of the gap, by linear interpolation; 1 when none does.</summary>
    public double Cpt(double pgr)
    {
        for (int k = 1; k <= Count; k++)
        {
            double here = PgrAt(k);
            if (here < pgr)
                continue;
            double before = PgrAt(k - 1);
            return (k - 1 + ((pgr - before) / (here - before))) / Count;
        }

        return 1;
    }
}
