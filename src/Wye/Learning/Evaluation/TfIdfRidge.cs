using Wye.Learning.Numerics;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Signals.Features;

namespace Wye.Learning.Evaluation;

/// <summary>The baseline everyone can build: ridge on TF-IDF of words, penalty chosen on a held-out fifth of the training rows.</summary>
internal static class TfIdfRidge
{
    private static readonly float[] s_penalties = [3, 10, 30];

    /// <summary>Predictions for the test rows.</summary>
    public static float[] Predict(Corpus corpus, int[] train, int[] test, Func<int, float> target, ulong seed)
    {
        int[] held = [.. train.Where(i => Folds.Of(corpus.Query(i).Key, 5, seed + 11) == 0)];
        int[] rest = [.. train.Where(i => Folds.Of(corpus.Query(i).Key, 5, seed + 11) != 0)];
        float best = s_penalties[1];
        double least = double.MaxValue;
        foreach (float penalty in s_penalties)
        {
            float[] predicted = Fit(corpus, rest, held, target, penalty, seed);
            double error = held.Select((item, i) => Math.Pow(predicted[i] - target(item), 2)).Sum();
            if (error < least)
                (least, best) = (error, penalty);
        }

        return Fit(corpus, train, test, target, best, seed);
    }

    private static float[] Fit(
        Corpus corpus,
        int[] train,
        int[] test,
        Func<int, float> target,
        float penalty,
        ulong seed
    )
    {
        RouterEncoder encoder = EncoderTrainer.Fit(corpus, train, new TrainerOptions { LatentWidth = 0, Seed = seed });
        SparseRows x = Words(corpus, train, encoder);
        float mean = train.Average(target);
        float[] y = Array.ConvertAll(train, i => target(i) - mean);
        float[] observed = new float[y.Length];
        Array.Fill(observed, 1);
        float[] beta = SparseRidge.Fit(x, x.Transpose(), y, observed, 1, penalty);
        float[] predicted = new float[test.Length];
        Words(corpus, test, encoder).Multiply(beta, 1, predicted);
        for (int i = 0; i < predicted.Length; i++)
            predicted[i] += mean;
        return predicted;
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
