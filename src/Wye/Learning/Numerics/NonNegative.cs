namespace Wye.Learning.Numerics;

/// <summary>Least squares with non-negative weights.</summary>
internal static class NonNegative
{
    /// <summary>
    /// Minimises wᵀGw/2 − bᵀw over w ≥ 0 by cyclic coordinate descent; G symmetric positive semi-definite [n × n].
    /// </summary>
    public static double[] Solve(double[] gram, double[] b, int n, int rounds = 2000)
    {
        double[] w = new double[n];
        for (int round = 0; round < rounds; round++)
        {
            double moved = 0;
            for (int i = 0; i < n; i++)
            {
                double curvature = gram[(i * n) + i];
                if (curvature <= 0)
                    continue;
                double slope = b[i];
                for (int j = 0; j < n; j++)
                    slope -= gram[(i * n) + j] * w[j];
                double next = Math.Max(0, w[i] + (slope / curvature));
                moved = Math.Max(moved, Math.Abs(next - w[i]));
                w[i] = next;
            }

            if (moved < 1e-9)
                break;
        }

        return w;
    }
}
