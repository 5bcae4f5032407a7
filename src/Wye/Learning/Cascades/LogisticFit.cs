using Wye.Learning.Numerics;
using Wye.Quality.Numerics;

namespace Wye.Learning.Cascades;

/// <summary>Ridge-penalised logistic regression by Newton's method. The last weight is the intercept, which is not penalised.</summary>
internal static class LogisticFit
{
    private const int MostSteps = 20;

    /// <summary>Fits on rows [rows × width], row-major, and targets 0..1.</summary>
    public static double[] Fit(float[] a, int rows, int width, ReadOnlySpan<float> y, double ridge)
    {
        int n = width + 1;
        double[] weights = new double[n];
        for (int step = 0; step < MostSteps; step++)
        {
            double[] hessian = new double[n * n];
            double[] gradient = new double[n];
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<float> row = a.AsSpan(r * width, width);
                double p = Sigmoid(Value(weights, row));
                double w = Math.Max(p * (1 - p), 1e-6);
                double off = y[r] - p;
                for (int i = 0; i < n; i++)
                {
                    double x = i < width ? row[i] : 1;
                    if (x == 0)
                        continue;
                    gradient[i] += off * x;
                    double wx = w * x;
                    for (int j = 0; j <= i; j++)
                        hessian[(i * n) + j] += wx * (j < width ? row[j] : 1);
                }
            }

            for (int i = 0; i < width; i++)
            {
                hessian[(i * n) + i] += ridge;
                gradient[i] -= ridge * weights[i];
            }

            hessian[(n * n) - 1] += 1e-6;
            Cholesky.Factor(hessian, n);
            Cholesky.Solve(hessian, n, gradient);
            double most = 0;
            for (int i = 0; i < n; i++)
            {
                weights[i] += gradient[i];
                most = Math.Max(most, Math.Abs(gradient[i]));
            }

            if (most < 1e-8)
                break;
        }

        return weights;
    }

    /// <summary>Log-odds of a row.</summary>
    public static double Value(ReadOnlySpan<double> weights, ReadOnlySpan<float> row)
    {
        double z = weights[^1];
        for (int i = 0; i < row.Length; i++)
            z += weights[i] * row[i];
        return z;
    }

    /// <summary>1 / (1 + e^−z).</summary>
    public static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
