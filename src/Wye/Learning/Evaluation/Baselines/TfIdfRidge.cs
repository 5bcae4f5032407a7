using Wye.Learning.Numerics;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Signals.Features;

namespace Wye.Learning.Evaluation.Baselines;

/// <summary>The baseline everyone can build: ridge on TF-IDF of words, penalty chosen on a held-out fifth of the training rows.</summary>
internal static class TfIdfRidge
{
    private static readonly float[] s_penalties = [3, 10, 30];

    /// <summary>Predictions for the test rows.</summary>
    public static float[] Predict(Corpus corpus, int[] train, int[] test, Func<int, float> target, ulong seed) =>
        Predict(corpus, train, test, 1, (item, _) => target(item), seed);

    /// <summary>Predictions of several targets for the test rows; one penalty for all. [test × targets].</summary>
    public static float[] Predict(
        Corpus corpus,
        int[] train,
        int[] test,
        int targets,
        Func<int, int, float> target,
        ulong seed
    )
    {
        int[] held = [.. train.Where(i => Folds.Of(corpus.Query(i).Key, 5, seed + 11) == 0)];
        int[] rest = [.. train.Where(i => Folds.Of(corpus.Query(i).Key, 5, seed + 11) != 0)];
        float best = s_penalties[1];
        if (held.Length > 0 && rest.Length > 0)
        {
            float[][] predicted = Fit(corpus, rest, held, targets, target, s_penalties, seed);
            double least = double.MaxValue;
            for (int p = 0; p < s_penalties.Length; p++)
            {
                double error = predicted[p].Select((v, i) => Squared(v - target(held[i / targets], i % targets))).Sum();
                if (error < least)
                    (least, best) = (error, s_penalties[p]);
            }
        }

        return Fit(corpus, train, test, targets, target, [best], seed)[0];
    }

    private static double Squared(double x) => x * x;

    private static float[][] Fit(
        Corpus corpus,
        int[] train,
        int[] test,
        int targets,
        Func<int, int, float> target,
        float[] penalties,
        ulong seed
    )
    {
        RouterEncoder encoder = EncoderTrainer.Fit(corpus, train, new TrainerOptions { LatentWidth = 0, Seed = seed });
        SparseRows x = Words(corpus, train, encoder);
        SparseRows transposed = x.Transpose();
        SparseRows asked = Words(corpus, test, encoder);
        float[] mean = [.. Enumerable.Range(0, targets).Select(t => train.Average(i => target(i, t)))];
        float[] y = new float[train.Length * targets];
        for (int i = 0; i < y.Length; i++)
            y[i] = target(train[i / targets], i % targets) - mean[i % targets];
        float[] observed = new float[y.Length];
        Array.Fill(observed, 1);
        return Array.ConvertAll(
            penalties,
            penalty =>
            {
                float[] beta = SparseRidge.Fit(x, transposed, y, observed, targets, penalty);
                float[] predicted = new float[test.Length * targets];
                asked.Multiply(beta, targets, predicted);
                for (int i = 0; i < predicted.Length; i++)
                    predicted[i] += mean[i % targets];
                return predicted;
            }
        );
    }

    private static SparseRows Words(Corpus corpus, int[] items, RouterEncoder encoder)
    {
        SparseRows picked = corpus.Hashed.Pick(items);
        for (int r = 0; r < picked.Rows; r++)
        {
            Span<float> value = picked.Value.AsSpan(picked.Start[r], picked.Start[r + 1] - picked.Start[r]);
            ReadOnlySpan<int> index = picked.IndexOf(r);
            encoder.Scale(index, value);
            for (int e = 0; e < value.Length; e++)
            {
                if (index[e] >= FeatureLayout.WordBuckets)
                    value[e] = 0;
            }
        }

        return picked.Pack(picked.Value);
    }
}
