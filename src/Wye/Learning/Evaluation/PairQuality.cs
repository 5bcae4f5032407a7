namespace Wye.Learning.Evaluation;

/// <summary>Makes the predicted qualities of a pair lie as far apart as the gain the choice rests on.</summary>
/// <remarks>
/// Gain and qualities are heads of their own. Whoever works a choice out again from the two qualities shall come to the
/// choice that was made.
/// </remarks>
internal static class PairQuality
{
    /// <summary>Weak and strong with the gain between them: their mean is kept as far as both stay within 0..1.</summary>
    public static (float Weak, float Strong) Apart(float weak, float strong, float gain)
    {
        float half = Math.Clamp(gain, -1, 1) / 2;
        float room = Math.Abs(half);
        float middle = Math.Clamp((weak + strong) / 2, room, 1 - room);
        return (middle - half, middle + half);
    }

    /// <summary>
    /// Gains of folds on one scale, in the order of their ranks: each becomes the quantile of all gains at its rank among
    /// its own fold, since raw gains of different routers are not compared.
    /// </summary>
    /// <param name="gains">Raw gains.</param>
    /// <param name="ranks">Rank 0..1 of each within its fold (<see cref="FoldRank"/>).</param>
    public static float[] Aligned(float[] gains, float[] ranks)
    {
        float[] sorted = [.. gains];
        Array.Sort(sorted);
        return Array.ConvertAll(
            ranks,
            rank =>
            {
                float at = Math.Clamp((rank * sorted.Length) - 0.5f, 0, sorted.Length - 1);
                int low = Math.Min((int)at, sorted.Length - 2);
                return low < 0 ? sorted[0] : sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low]));
            }
        );
    }
}
