using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Wye.Quality.Numerics;

/// <summary>Positive definite systems in double precision, small enough for one core. Matrices are row-major squares.</summary>
internal static class Cholesky
{
    /// <summary>Lower factor of a positive definite matrix, in place; the upper half is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factor(double[] a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            Span<double> rowJ = a.AsSpan(j * n, n);
            for (int i = j; i < n; i++)
            {
                Span<double> rowI = a.AsSpan(i * n, n);
                double sum = rowI[j] - TensorPrimitives.Dot<double>(rowI[..j], rowJ[..j]);
                if (i == j)
                    rowJ[j] = Math.Sqrt(Math.Max(sum, 1e-12));
                else
                    rowI[j] = sum / rowJ[j];
            }
        }
    }

    /// <summary>Solves L·Lᵀ·x = b in place of b.</summary>
    public static void Solve(double[] factor, int n, Span<double> b)
    {
        Forward(factor, n, b);
        Backward(factor, n, b);
    }

    /// <summary>Solves L·x = b in place of b.</summary>
    public static void Forward(double[] factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
                sum -= factor[(i * n) + j] * b[j];
            b[i] = sum / factor[(i * n) + i];
        }
    }

    /// <summary>Solves Lᵀ·x = b in place of b.</summary>
    public static void Backward(double[] factor, int n, Span<double> b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
                sum -= factor[(j * n) + i] * b[j];
            b[i] = sum / factor[(i * n) + i];
        }
    }
}
