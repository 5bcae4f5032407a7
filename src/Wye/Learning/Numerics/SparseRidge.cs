namespace Wye.Learning.Numerics;

/// <summary>Ridge regression on sparse rows for several targets at once, by conjugate gradients.</summary>
internal static class SparseRidge
{
    /// <summary>
    /// Weights [columns × targets] that minimise Σ w·(y − x·β)² + α·|β|², with centred targets.
    /// </summary>
    /// <param name="x">Rows.</param>
    /// <param name="transposed">Transpose of <paramref name="x"/>.</param>
    /// <param name="y">Targets [rows × targets], row-major; the caller has removed the means and zeroed missing ones.</param>
    /// <param name="observed">1 where a target is known, else 0; same shape as <paramref name="y"/>.</param>
    /// <param name="targets">Targets per row; a multiple of 8 is fastest.</param>
    /// <param name="alpha">Ridge penalty α.</param>
    /// <param name="iterations">Conjugate gradient steps.</param>
    public static float[] Fit(
        SparseRows x,
        SparseRows transposed,
        float[] y,
        float[] observed,
        int targets,
        float alpha,
        int iterations = 15
    )
    {
        int size = x.Columns * targets;
        float[] beta = new float[size];
        float[] residual = new float[size];
        float[] weighted = new float[y.Length];
        for (int i = 0; i < y.Length; i++)
            weighted[i] = y[i] * observed[i];
        transposed.Multiply(weighted, targets, residual);
        float[] direction = [.. residual];
        float[] image = new float[y.Length];
        float[] product = new float[size];
        double[] norm = Norms(residual, residual, targets);
        double[] first = [.. norm];
        for (int step = 0; step < iterations; step++)
        {
            x.Multiply(direction, targets, image);
            for (int i = 0; i < image.Length; i++)
                image[i] *= observed[i];
            transposed.Multiply(image, targets, product);
            for (int i = 0; i < size; i++)
                product[i] += alpha * direction[i];
            double[] curvature = Norms(direction, product, targets);
            float[] length = new float[targets];
            for (int t = 0; t < targets; t++)
                length[t] = norm[t] > 1e-8 * first[t] && curvature[t] > 0 ? (float)(norm[t] / curvature[t]) : 0;
            for (int i = 0; i < size; i += targets)
            {
                for (int t = 0; t < targets; t++)
                {
                    beta[i + t] += length[t] * direction[i + t];
                    residual[i + t] -= length[t] * product[i + t];
                }
            }

            double[] next = Norms(residual, residual, targets);
            float[] ratio = new float[targets];
            for (int t = 0; t < targets; t++)
                ratio[t] = length[t] > 0 ? (float)(next[t] / norm[t]) : 0;
            for (int i = 0; i < size; i += targets)
            {
                for (int t = 0; t < targets; t++)
                    direction[i + t] = residual[i + t] + (ratio[t] * direction[i + t]);
            }

            norm = next;
        }

        return beta;
    }

    private static double[] Norms(float[] a, float[] b, int targets)
    {
        double[] sums = new double[targets];
        for (int i = 0; i < a.Length; i += targets)
        {
            for (int t = 0; t < targets; t++)
                sums[t] += (double)a[i + t] * b[i + t];
        }

        return sums;
    }
}
