using Wye.Quality.Numerics;

namespace Wye.Learning.Training.Stacking;

/// <summary>Isotonic regression by pooling adjacent violators, made strictly increasing by interpolation.</summary>
/// <remarks>Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", 2002.</remarks>
internal static class IsotonicFit
{
    /// <summary>Least number of examples per block: fewer would follow noise.</summary>
    public const int LeastBlock = 30;

    private const float Step = 1e-4f;

    public static MonotoneCalibration Fit(
        ReadOnlySpan<float> raw,
        ReadOnlySpan<float> truth,
        int leastBlock = LeastBlock
    )
    {
        float[] keys = raw.ToArray();
        float[] values = truth.ToArray();
        Array.Sort(keys, values);
        int least = Math.Max(1, Math.Min(leastBlock, keys.Length / 4));
        var blocks = new List<(double Raw, double Value, int Count)>();
        for (int from = 0; from < keys.Length; )
        {
            int to = Math.Min(keys.Length, from + least);
            while (to < keys.Length && keys[to] == keys[to - 1])
                to++;
            if (keys.Length - to < least)
                to = keys.Length;
            double r = 0;
            double v = 0;
            for (int i = from; i < to; i++)
            {
                r += keys[i];
                v += values[i];
            }

            blocks.Add((r, v, to - from));
            while (blocks.Count > 1 && blocks[^2].Value / blocks[^2].Count >= blocks[^1].Value / blocks[^1].Count)
            {
                var (lowRaw, lowValue, lowCount) = blocks[^2];
                var (highRaw, highValue, highCount) = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (lowRaw + highRaw, lowValue + highValue, lowCount + highCount);
            }

            from = to;
        }

        return Strict(blocks);
    }

    private static MonotoneCalibration Strict(List<(double Raw, double Value, int Count)> blocks)
    {
        var raw = new List<float>(blocks.Count);
        var calibrated = new List<float>(blocks.Count);
        foreach (var (r, v, count) in blocks)
        {
            float x = (float)(r / count);
            float y = (float)(v / count);
            if (raw.Count > 0 && x <= raw[^1])
                continue;
            if (raw.Count > 0 && y <= calibrated[^1])
                y = calibrated[^1] + Step;
            raw.Add(x);
            calibrated.Add(y);
        }

        return new MonotoneCalibration { Raw = [.. raw], Calibrated = [.. calibrated] };
    }
}
