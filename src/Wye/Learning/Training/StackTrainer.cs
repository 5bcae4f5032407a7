using Wye.Learning.Numerics;

namespace Wye.Learning.Training;

/// <summary>Non-negative least-squares stack of out-of-fold estimates, each head shrunk towards all heads' weights.</summary>
internal static class StackTrainer
{
    /// <summary>How far a weight is expected to be from its start (standard deviation of a normal prior).</summary>
    private const double Spread = 0.15;

    /// <summary>How far one head's weights are expected to be from all heads' weights.</summary>
    private const double HeadSpread = 0.05;

    /// <summary>Sum of the weights at the start; above 1 because estimates made out of fold are shrunk.</summary>
    private const double StartSum = 1.1;

    /// <summary>Weights, constant last. [heads × (parts + 1)].</summary>
    /// <param name="parts">Out-of-fold estimates. [rows × parts × heads].</param>
    /// <param name="truth">Observed values. [rows × heads].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="forests">How many of the parts, at the end, are forests.</param>
    /// <param name="heads">Number of heads.</param>
    public static float[] Fit(float[] parts, float[] truth, int rows, int count, int forests, int heads)
    {
        double[][] grams = new double[heads][];
        double[][] slopes = new double[heads][];
        double[][] means = new double[heads][];
        double[] pooledGram = new double[count * count];
        double[] pooledSlope = new double[count];
        double[] variances = new double[heads];
        double pooledVariance = 0;
        for (int h = 0; h < heads; h++)
        {
            (grams[h], slopes[h], means[h], variances[h]) = Moments(parts, truth, rows, count, heads, h);
            pooledVariance += variances[h];
            for (int i = 0; i < pooledGram.Length; i++)
                pooledGram[i] += grams[h][i];
            for (int i = 0; i < count; i++)
                pooledSlope[i] += slopes[h][i];
        }

        double[] start = Start(count, forests);
        double variance = pooledVariance / heads;
        double[] pooled = Solve(pooledGram, pooledSlope, count, start, variance / (Spread * Spread));
        float[] stack = new float[heads * (count + 1)];
        for (int h = 0; h < heads; h++)
        {
            double[] w =
                heads == 1
                    ? pooled
                    : Solve(grams[h], slopes[h], count, pooled, variances[h] / (HeadSpread * HeadSpread));
            double constant = means[h][count];
            for (int p = 0; p < count; p++)
            {
                stack[(h * (count + 1)) + p] = (float)w[p];
                constant -= w[p] * means[h][p];
            }

            stack[(h * (count + 1)) + count] = (float)constant;
        }

        return stack;
    }

    // Where the weights start: forests already stand on the base estimates and count twice.
    private static double[] Start(int count, int forests)
    {
        double[] start = new double[count];
        for (int p = 0; p < count; p++)
            start[p] = StartSum * (p >= count - forests ? 2.0 : 1.0) / (count + forests);
        return start;
    }

    private static double[] Solve(double[] gram, double[] slope, int n, double[] towards, double ridge)
    {
        double[] g = [.. gram];
        double[] b = [.. slope];
        for (int i = 0; i < n; i++)
        {
            g[(i * n) + i] += ridge + 1e-9;
            b[i] += ridge * towards[i];
        }

        return NonNegative.Solve(g, b, n);
    }

    private static (double[] Gram, double[] Slope, double[] Means, double Variance) Moments(
        float[] parts,
        float[] truth,
        int rows,
        int count,
        int heads,
        int head
    )
    {
        double[] means = new double[count + 1];
        for (int r = 0; r < rows; r++)
        {
            for (int p = 0; p < count; p++)
                means[p] += parts[(((r * count) + p) * heads) + head] / rows;
            means[count] += truth[(r * heads) + head] / rows;
        }

        double[] gram = new double[count * count];
        double[] slope = new double[count];
        double[] x = new double[count];
        double variance = 0;
        for (int r = 0; r < rows; r++)
        {
            double y = truth[(r * heads) + head] - means[count];
            variance += y * y / rows;
            for (int p = 0; p < count; p++)
                x[p] = parts[(((r * count) + p) * heads) + head] - means[p];
            for (int p = 0; p < count; p++)
            {
                slope[p] += x[p] * y;
                for (int q = 0; q < count; q++)
                    gram[(p * count) + q] += x[p] * x[q];
            }
        }

        return (gram, slope, means, variance);
    }
}
