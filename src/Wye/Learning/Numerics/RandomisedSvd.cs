namespace Wye.Learning.Numerics;

/// <summary>Leading right singular vectors of a sparse matrix by randomised subspace iteration.</summary>
/// <remarks>Halko, Martinsson, Tropp, "Finding structure with randomness", 2011, algorithm 4.4.</remarks>
internal static class RandomisedSvd
{
    /// <summary>Projection [columns × rank] row-major with orthonormal columns, and the singular values.</summary>
    public static (float[] Projection, float[] Singular) Fit(SparseRows x, int rank, ulong seed, int iterations = 3)
    {
        int width = Math.Min(rank + 8, Math.Max(1, Math.Min(x.Rows, x.Columns)));
        // Orthonormalisation needs whole vector lanes to be fast.
        width = Math.Max(8, (width + 7) / 8 * 8);
        SparseRows transposed = x.Transpose();
        var random = new Gaussian(seed);
        float[] basis = new float[x.Columns * width];
        for (int i = 0; i < basis.Length; i++)
            basis[i] = random.NextNormal();
        float[] image = new float[x.Rows * width];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            x.Multiply(basis, width, image);
            Orthonormalise(image, x.Rows, width);
            transposed.Multiply(image, width, basis);
            if (iteration < iterations - 1)
                Orthonormalise(basis, x.Columns, width);
        }

        // basis = XᵀQ, so BᵀB's eigenvectors turn it into the right singular vectors.
        double[] gram = Symmetric.Gram(basis, x.Columns, width);
        (double[] values, double[] vectors) = Symmetric.Eigen(gram, width);
        int kept = Math.Min(rank, width);
        float[] turn = new float[width * kept];
        float[] singular = new float[kept];
        for (int k = 0; k < kept; k++)
        {
            singular[k] = (float)Math.Sqrt(Math.Max(0, values[k]));
            double scale = singular[k] > 1e-5 * singular[0] ? 1 / singular[k] : 0;
            for (int i = 0; i < width; i++)
                turn[(i * kept) + k] = (float)(vectors[(k * width) + i] * scale);
        }

        return (Turn(basis, x.Columns, width, turn, kept), singular);
    }

    private static float[] Turn(float[] a, int rows, int width, float[] by, int kept)
    {
        float[] result = new float[rows * kept];
        Parallel.For(
            0,
            (rows + 1023) / 1024,
            Threads.Options,
            block =>
            {
                for (int r = block * 1024; r < Math.Min(rows, (block + 1) * 1024); r++)
                {
                    ReadOnlySpan<float> row = a.AsSpan(r * width, width);
                    Span<float> to = result.AsSpan(r * kept, kept);
                    for (int i = 0; i < width; i++)
                    {
                        if (row[i] != 0)
                            Vectors.AddScaled(by.AsSpan(i * kept, kept), row[i], to);
                    }
                }
            }
        );
        return result;
    }

    private static void Orthonormalise(float[] a, int rows, int width)
    {
        double[] gram = Symmetric.Gram(a, rows, width);
        double trace = 0;
        for (int i = 0; i < width; i++)
            trace += gram[(i * width) + i];
        Factor(gram, width, 1e-9 * trace / width);
        // Rows of A·L⁻ᵀ: solve L·y = a per row, through the inverse of L once.
        float[] inverse = InverseTransposed(gram, width);
        float[] turned = Turn(a, rows, width, inverse, width);
        turned.CopyTo(a, 0);
    }

    // Cholesky that gives up directions which the earlier ones span: their pivot is zero, and so is their column later.
    private static void Factor(double[] a, int n, double least)
    {
        for (int j = 0; j < n; j++)
        {
            Span<double> rowJ = a.AsSpan(j * n, n);
            for (int i = j; i < n; i++)
            {
                Span<double> rowI = a.AsSpan(i * n, n);
                double sum = rowI[j] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(rowI[..j], rowJ[..j]);
                if (i == j)
                    rowJ[j] = sum > least ? Math.Sqrt(sum) : 0;
                else
                    rowI[j] = rowJ[j] > 0 ? sum / rowJ[j] : 0;
            }
        }
    }

    private static float[] InverseTransposed(double[] lower, int n)
    {
        double[] inverse = new double[n * n];
        for (int c = 0; c < n; c++)
        {
            if (lower[(c * n) + c] == 0)
                continue;
            inverse[(c * n) + c] = 1 / lower[(c * n) + c];
            for (int r = c + 1; r < n; r++)
            {
                if (lower[(r * n) + r] == 0)
                    continue;
                double sum = 0;
                for (int k = c; k < r; k++)
                    sum += lower[(r * n) + k] * inverse[(k * n) + c];
                inverse[(r * n) + c] = -sum / lower[(r * n) + r];
            }
        }

        float[] transposed = new float[n * n];
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c <= r; c++)
                transposed[(c * n) + r] = (float)inverse[(r * n) + c];
        }

        return transposed;
    }
}
