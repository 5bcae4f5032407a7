namespace Wye.Learning.Guarantee;

/// <summary>Finds the threshold on the win rate that meets a target on sample traffic.</summary>
internal static class ThresholdCalibration
{
    /// <summary>Threshold that sends a share of the sample to strong: the (1 − share) quantile of its win rates.</summary>
    public static float ForStrongShare(ReadOnlySpan<float> winRate, double share)
    {
        float[] sorted = winRate.ToArray();
        Array.Sort(sorted);
        int weak = (int)Math.Round(sorted.Length * (1 - Math.Clamp(share, 0, 1)), MidpointRounding.AwayFromZero);
        return weak >= sorted.Length ? float.PositiveInfinity : sorted[weak];
    }

    /// <summary>Least strong calls whose mean cost stays within a budget; calls go to strong by descending win rate.</summary>
    public static float ForCost(
        ReadOnlySpan<float> winRate,
        ReadOnlySpan<double> weakCost,
        ReadOnlySpan<double> strongCost,
        double usdPerCall
    )
    {
        float[] keys = winRate.ToArray();
        int[] order = new int[keys.Length];
        double cost = 0;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            cost += weakCost[i] / keys.Length;
        }

        Array.Sort(keys, order);
        float threshold = float.PositiveInfinity;
        int k = order.Length - 1;
        while (k >= 0)
        {
            // Questions of one win rate cannot be told apart: they go together or not at all.
            float key = keys[k];
            for (; k >= 0 && keys[k] == key; k--)
                cost += (strongCost[order[k]] - weakCost[order[k]]) / order.Length;
            if (cost > usdPerCall)
                break;
            threshold = key;
        }

        return threshold;
    }
}
