using Wye.Quality.Numerics;

namespace Wye.Learning.Numerics;

/// <summary>Gaussian classes with one shared, shrunk covariance: a softmax with a closed form.</summary>
/// <remarks>Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.3.</remarks>
internal static class LinearDiscriminant
{
    /// <summary>Weights per class [classes × (width + 1)], the constant (with the log prior) last.</summary>
    public static float[] Fit(float[] a, int rows, int width, int[] classOf, int classes, double shrinkage)
    {
        double[] means = new double[classes * width];
        double[] count = new double[classes];
        double[] all = new double[width];
        for (int r = 0; r < rows; r++)
        {
            count[classOf[r]]++;
            for (int i = 0; i < width; i++)
            {
                means[(classOf[r] * width) + i] += a[(r * width) + i];
                all[i] += a[(r * width) + i];
            }
        }

        for (int c = 0; c < classes; c++)
        {
            for (int i = 0; i < width; i++)
            {
                // A class of few examples starts at the centre of all: three pseudo-examples.
                double centre = all[i] / rows;
                means[(c * width) + i] = (means[(c * width) + i] + (3 * centre)) / (count[c] + 3);
            }
        }

        float[] centred = new float[rows * width];
        for (int r = 0; r < rows; r++)
        {
            for (int i = 0; i < width; i++)
                centred[(r * width) + i] = (float)(a[(r * width) + i] - means[(classOf[r] * width) + i]);
        }

        double[] covariance = Symmetric.Gram(centred, rows, width);
        double trace = 0;
        for (int i = 0; i < width; i++)
            trace += covariance[(i * width) + i] / rows;
        for (int i = 0; i < covariance.Length; i++)
            covariance[i] *= (1 - shrinkage) / rows;
        for (int i = 0; i < width; i++)
            covariance[(i * width) + i] += (shrinkage * trace / width) + 1e-9;
        Cholesky.Factor(covariance, width);
        float[] result = new float[classes * (width + 1)];
        for (int c = 0; c < classes; c++)
        {
            double[] w = means[(c * width)..((c + 1) * width)];
            Cholesky.Solve(covariance, width, w);
            double half = 0;
            for (int i = 0; i < width; i++)
            {
                half += w[i] * means[(c * width) + i];
                result[(c * (width + 1)) + i] = (float)w[i];
            }

            result[(c * (width + 1)) + width] = (float)((-0.5 * half) + Math.Log((count[c] + 0.5) / rows));
        }

        return result;
    }

    /// <summary>Class probabilities of one row.</summary>
    public static void Posterior(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> row,
        float temperature,
        Span<float> to
    )
    {
        int full = row.Length + 1;
        float top = float.MinValue;
        for (int c = 0; c < to.Length; c++)
        {
            to[c] = DenseRidge.Predict(weights.Slice(c * full, full), row) / temperature;
            top = Math.Max(top, to[c]);
        }

        float sum = 0;
        for (int c = 0; c < to.Length; c++)
            sum += to[c] = MathF.Exp(to[c] - top);
        for (int c = 0; c < to.Length; c++)
            to[c] /= sum;
    }
}
