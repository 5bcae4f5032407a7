using Wye.Quality.Numerics;

namespace Wye.Learning.Numerics;

/// <summary>Ridge regression on dense rows with an unpenalised constant, in closed form.</summary>
internal static class DenseRidge
{
    /// <summary>Weights per target: [targets × (width + 1)], the constant last.</summary>
    /// <param name="a">Rows [rows × width], row-major.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Features per row.</param>
    /// <param name="y">Targets [rows × targets], row-major.</param>
    /// <param name="targets">Targets per row.</param>
    /// <param name="alpha">Penalty on the weights.</param>
    /// <param name="weights">Weight per row; empty means 1.</param>
    public static float[] Fit(
        float[] a,
        int rows,
        int width,
        float[] y,
        int targets,
        double alpha,
        ReadOnlySpan<float> weights = default
    )
    {
        int full = width + 1;
        float[] extended = new float[rows * full];
        for (int r = 0; r < rows; r++)
        {
            a.AsSpan(r * width, width).CopyTo(extended.AsSpan(r * full));
            extended[(r * full) + width] = 1;
        }

        double[] gram = Symmetric.Gram(extended, rows, full, weights);
        for (int i = 0; i < width; i++)
            gram[(i * full) + i] += alpha;
        gram[^1] += 1e-6;
        Cholesky.Factor(gram, full);
        float[] w = weights.ToArray();
        float[] result = new float[targets * full];
        Parallel.For(
            0,
            targets,
            Threads.Options,
            t =>
            {
                double[] b = new double[full];
                for (int r = 0; r < rows; r++)
                {
                    double target = y[(r * targets) + t] * (w.Length == 0 ? 1 : w[r]);
                    if (target == 0)
                        continue;
                    for (int i = 0; i < full; i++)
                        b[i] += target * extended[(r * full) + i];
                }

                Cholesky.Solve(gram, full, b);
                for (int i = 0; i < full; i++)
                    result[(t * full) + i] = (float)b[i];
            }
        );
        return result;
    }

    /// <summary>Prediction of one target for one row.</summary>
    public static float Predict(ReadOnlySpan<float> weights, ReadOnlySpan<float> row) =>
        Vectors.Dot(weights[..row.Length], row) + weights[row.Length];
}
