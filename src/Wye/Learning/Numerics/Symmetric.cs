namespace Wye.Learning.Numerics;

/// <summary>Dense symmetric systems in double precision, small enough for one core.</summary>
internal static class Symmetric
{
    /// <summary>Gram matrix AᵀA of A [rows × width] row-major, rows weighted; full square, row-major.</summary>
    public static double[] Gram(float[] a, int rows, int width, ReadOnlySpan<float> weights = default)
    {
        const int blocks = 16;
        float[] w = weights.ToArray();
        double[][] parts = new double[blocks][];
        Parallel.For(
            0,
            blocks,
            Threads.Options,
            block =>
            {
                int from = (int)((long)rows * block / blocks);
                int to = (int)((long)rows * (block + 1) / blocks);
                double[] part = new double[width * width];
                float[] chunk = new float[width * width];
                int since = 0;
                for (int r = from; r < to; r++)
                {
                    ReadOnlySpan<float> row = a.AsSpan(r * width, width);
                    float weight = w.Length == 0 ? 1 : w[r];
                    if (weight != 0)
                    {
                        for (int i = 0; i < width; i++)
                            Vectors.AddScaled(row[..(i + 1)], row[i] * weight, chunk.AsSpan(i * width, i + 1));
                    }

                    // Single-precision sums stay short, so that they lose nothing that matters.
                    if (++since == 256 || r == to - 1)
                    {
                        for (int i = 0; i < chunk.Length; i++)
                            part[i] += chunk[i];
                        Array.Clear(chunk);
                        since = 0;
                    }
                }

                parts[block] = part;
            }
        );
        double[] gram = new double[width * width];
        foreach (double[] part in parts)
        {
            for (int i = 0; i < gram.Length; i++)
                gram[i] += part[i];
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < i; j++)
                gram[(j * width) + i] = gram[(i * width) + j];
        }

        return gram;
    }

    /// <summary>Eigenvalues (descending) and eigenvectors (rows) by cyclic Jacobi rotations.</summary>
    public static (double[] Values, double[] Vectors) Eigen(double[] matrix, int n)
    {
        double[] a = [.. matrix];
        double[] v = new double[n * n];
        for (int i = 0; i < n; i++)
            v[(i * n) + i] = 1;
        for (int sweep = 0; sweep < 30; sweep++)
        {
            double off = 0;
            double diagonal = 0;
            for (int i = 0; i < n; i++)
            {
                diagonal += a[(i * n) + i] * a[(i * n) + i];
                for (int j = 0; j < i; j++)
                    off += a[(i * n) + j] * a[(i * n) + j];
            }

            if (off <= 1e-18 * diagonal)
                break;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(a, v, n, p, q);
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[(i * n) + i])];
        double[] values = [.. order.Select(i => a[(i * n) + i])];
        double[] vectors = new double[n * n];
        for (int r = 0; r < n; r++)
            v.AsSpan(order[r] * n, n).CopyTo(vectors.AsSpan(r * n, n));
        return (values, vectors);
    }

    private static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        double apq = a[(p * n) + q];
        if (Math.Abs(apq) < 1e-300)
            return;
        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        double t = Math.Sign(theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        if (theta == 0)
            t = 1;
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < n; k++)
        {
            double kp = a[(k * n) + p];
            double kq = a[(k * n) + q];
            a[(k * n) + p] = (c * kp) - (s * kq);
            a[(k * n) + q] = (s * kp) + (c * kq);
        }

        RotateRows(a.AsSpan(p * n, n), a.AsSpan(q * n, n), c, s);
        RotateRows(v.AsSpan(p * n, n), v.AsSpan(q * n, n), c, s);
    }

    private static void RotateRows(Span<double> p, Span<double> q, double c, double s)
    {
        for (int k = 0; k < p.Length; k++)
        {
            double x = p[k];
            double y = q[k];
            p[k] = (c * x) - (s * y);
            q[k] = (s * x) + (c * y);
        }
    }
}
