namespace Wye.Learning.Metrics;

/// <summary>RouterArena's single score of accuracy and cost.</summary>
/// <remarks>S = (1 + β)·A·C̃ / (β·A + C̃), β = 0.1, C̃ = (log2 200 − log2 c) / (log2 200 − log2 0.0044), c in USD per 1,000 queries.</remarks>
internal static class RouterArena
{
    private const double Beta = 0.1;
    private const double Dearest = 200;
    private const double Cheapest = 0.0044;

    /// <summary>Score 0..1; the cost is clipped to the range the formula is made for.</summary>
    public static double Score(double accuracy, double usdPerThousand)
    {
        double cost = Math.Clamp(usdPerThousand, Cheapest, Dearest);
        double cheapness = (Math.Log2(Dearest) - Math.Log2(cost)) / (Math.Log2(Dearest) - Math.Log2(Cheapest));
        double below = (Beta * accuracy) + cheapness;
        return below <= 0 ? 0 : (1 + Beta) * accuracy * cheapness / below;
    }
}
