using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;

namespace Wye.Learning.Training.Heads;

/// <summary>Ridge on the logarithm of a positive quantity per model: output tokens, cost.</summary>
/// <remarks>The constant absorbs half the residual variance, so that the exponential gives a mean, not a median.</remarks>
internal static class LogTrainer
{
    private const int LeastRows = 20;
    private const double Penalty = 30;

    // No logarithm is 0: what is free costs a pico-dollar.
    private const double Free = 1e-12;

    /// <summary>One head per model; null when no model has 20 known values.</summary>
    /// <param name="encoded">Questions.</param>
    /// <param name="items">Items to learn from.</param>
    /// <param name="models">Models, in head order.</param>
    /// <param name="value">Value of a cell of a set; NaN for unknown. A model of nothing but 0, a free one, gets a head that says so.</param>
    /// <param name="lend">Whether a model of fewer values gets the others' mean head; else its head gives NaN.</param>
    public static LatentEstimator? Fit(
        EncodedCorpus encoded,
        int[] items,
        IReadOnlyList<string> models,
        Func<LabelledSet, int, double> value,
        bool lend
    )
    {
        Corpus corpus = encoded.Corpus;
        int width = encoded.Width;
        float[] weights = new float[models.Count * (width + 1)];
        float[] mean = new float[width + 1];
        var known = new bool[models.Count];
        var free = new bool[models.Count];
        for (int h = 0; h < models.Count; h++)
        {
            var rows = new List<int>();
            var logs = new List<float>();
            int zeros = 0;
            foreach (int item in items)
            {
                LabelledSet set = corpus.Sets[corpus.SetOf(item)];
                int model = set.IndexOf(models[h]);
                if (model < 0)
                    continue;
                double x = value(set, ((item - corpus.Offsets[corpus.SetOf(item)]) * set.Models.Count) + model);
                zeros += x == 0 ? 1 : 0;
                if (x is not (> 0 and < double.PositiveInfinity))
                    continue;
                rows.Add(item);
                logs.Add((float)Math.Log(x));
            }

            if (rows.Count < LeastRows)
            {
                free[h] = zeros >= LeastRows;
                continue;
            }

            known[h] = true;
            float[] a = encoded.Pick([.. rows]);
            float[] y = [.. logs];
            float[] w = DenseRidge.Fit(a, y.Length, width, y, 1, Penalty);
            double variance = 0;
            for (int i = 0; i < y.Length; i++)
            {
                double error = y[i] - DenseRidge.Predict(w, a.AsSpan(i * width, width));
                variance += error * error / y.Length;
            }

            w[^1] += (float)(variance / 2);
            w.CopyTo(weights.AsSpan(h * (width + 1)));
            Vectors.AddScaled(w, 1, mean);
        }

        int count = known.Count(k => k);
        if (count == 0 && !free.Contains(true))
            return null;
        for (int h = 0; h < models.Count; h++)
        {
            if (free[h])
                weights[(h * (width + 1)) + width] = (float)Math.Log(Free);
            else if (!known[h] && lend)
                Vectors.AddScaled(mean, 1f / count, weights.AsSpan(h * (width + 1), width + 1));
            else if (!known[h])
                weights[(h * (width + 1)) + width] = float.NaN;
        }

        return new LatentEstimator { Weights = weights };
    }
}
