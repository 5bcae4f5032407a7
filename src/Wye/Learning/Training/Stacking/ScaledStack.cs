using Wye.Learning.Numerics;

namespace Wye.Learning.Training.Stacking;

/// <summary>Non-negative ridge stack of out-of-fold estimates, each measured in its own standard deviation.</summary>
/// <remarks>
/// A pair's gain is small beside its noise, and so are the estimates of cautious parts. A penalty on plain weights would
/// keep those out, however well they rank; here a part costs what it moves, not how little it dares.
/// </remarks>
internal static class ScaledStack
{
    // Of the target's standard deviation, shared out among the parts before data is seen.
    private const double Start = 0.5;

    // Penalty per row.
    private const double Penalty = 0.15;

    // Of the target's standard deviation: a part that moves less (no task can be told from another) is a constant.
    private const double LeastSpread = 0.02;

    /// <summary>Weights, constant last. [heads × (parts + 1)].</summary>
    /// <param name="parts">Out-of-fold estimates. [rows × parts × heads].</param>
    /// <param name="targets">What is fitted: the observed values, or the same with less noise. [rows × heads].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="forests">How many of the parts, at the end, are forests: they stand on the others and start at twice their weight.</param>
    /// <param name="heads">Number of heads.</param>
    public static float[] Fit(float[] parts, float[] targets, int rows, int count, int forests, int heads)
    {
        float[] stack = new float[heads * (count + 1)];
        double[] start = StackPrior.Shares(count, forests);
        for (int h = 0; h < heads; h++)
        {
            StackMoments moments = StackMoments.Of(parts, targets, rows, count, heads, h);
            double spread = Math.Sqrt(moments.Variance / rows);
            double least = Math.Max(LeastSpread * spread, 1e-9);
            double[] unit = new double[count];
            double[] gram = new double[count * count];
            double[] slope = new double[count];
            for (int p = 0; p < count; p++)
                unit[p] = Math.Max(least, Math.Sqrt(moments.Gram[(p * count) + p] / rows));
            for (int p = 0; p < count; p++)
            {
                slope[p] = (moments.Slope[p] / unit[p]) + (Penalty * rows * Start * spread * start[p]);
                for (int q = 0; q < count; q++)
                    gram[(p * count) + q] = moments.Gram[(p * count) + q] / (unit[p] * unit[q]);
                gram[(p * count) + p] += Penalty * rows;
            }

            double[] weights = NonNegative.Solve(gram, slope, count);
            moments.Write([.. weights.Select((w, p) => w / unit[p])], stack.AsSpan(h * (count + 1), count + 1));
        }

        return stack;
    }
}
