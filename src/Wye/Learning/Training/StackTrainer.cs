using Wye.Learning.Numerics;

namespace Wye.Learning.Training;

/// <summary>Non-negative least-squares stack of out-of-fold estimates, each head shrunk towards all heads' weights.</summary>
internal static class StackTrainer
{
    /// <summary>Weights, constant last. [heads × (parts + 1)].</summary>
    /// <param name="parts">Out-of-fold estimates. [rows × parts × heads].</param>
    /// <param name="truth">Observed values. [rows × heads].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="prior">Where the weights start, and how far they may go.</param>
    public static float[] Fit(float[] parts, float[] truth, int rows, int count, int heads, StackPrior prior)
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

        double variance = pooledVariance / heads;
        double ridge = variance / (prior.Spread * prior.Spread);
        double[] pooled = Solve(pooledGram, pooledSlope, count, prior.Start, ridge);
        float[] stack = new float[heads * (count + 1)];
        for (int h = 0; h < heads; h++)
        {
            double[] w =
                heads == 1
                    ? pooled
                    : Solve(grams[h], slopes[h], count, pooled, variances[h] / (prior.HeadSpread * prior.HeadSpread));
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
