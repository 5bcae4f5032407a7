using Wye.Learning.Numerics;

namespace Wye.Learning.Training.Stacking;

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
        var moments = new StackMoments[heads];
        double[] pooledGram = new double[count * count];
        double[] pooledSlope = new double[count];
        double pooledVariance = 0;
        for (int h = 0; h < heads; h++)
        {
            moments[h] = StackMoments.Of(parts, truth, rows, count, heads, h);
            pooledVariance += moments[h].Variance / rows;
            for (int i = 0; i < pooledGram.Length; i++)
                pooledGram[i] += moments[h].Gram[i];
            for (int i = 0; i < count; i++)
                pooledSlope[i] += moments[h].Slope[i];
        }

        double ridge = pooledVariance / heads / (prior.Spread * prior.Spread);
        double[] pooled = Solve(pooledGram, pooledSlope, count, prior.Start, ridge);
        float[] stack = new float[heads * (count + 1)];
        for (int h = 0; h < heads; h++)
        {
            double own = moments[h].Variance / rows / (prior.HeadSpread * prior.HeadSpread);
            double[] w = heads == 1 ? pooled : Solve(moments[h].Gram, moments[h].Slope, count, pooled, own);
            moments[h].Write(w, stack.AsSpan(h * (count + 1), count + 1));
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
}
