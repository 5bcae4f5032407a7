using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Quality;

namespace Wye.Learning.Training;

/// <summary>Trains quality, length and cost heads for a pool of models labelled in one set.</summary>
internal static class PoolTrainer
{
    /// <summary>Trains on complete rows: every pool model has a score for every row.</summary>
    public static (EncodedCorpus Encoded, RouterSnapshot Router) Fit(
        Corpus corpus,
        int set,
        int[] models,
        int[] rows,
        int[] all,
        TrainerOptions options
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int heads = models.Length;
        float[] truth = new float[corpus.Count * heads];
        foreach (int row in rows)
        {
            for (int h = 0; h < heads; h++)
                truth[(row * heads) + h] = labelled.Score(row - corpus.Offsets[set], models[h]);
        }

        var encoder = EncoderTrainer.Fit(corpus, all, options.LatentWidth, options.LeastDocuments, options.Seed);
        var encoded = EncodedCorpus.Build(corpus, encoder);
        var factors = ResponseFactors.Fit(corpus, all, options.Factors, 2, options.Seed);
        var own = new Func<int, int, bool>[heads];
        for (int h = 0; h < heads; h++)
        {
            int model = models[h];
            own[h] = (s, m) => s == set && m == model;
        }

        float[] mixed = AnswerSharing.Mix(corpus, all, rows, truth, heads, own, options.Seed + 5);
        HeadGroup group = new GroupTrainer(encoded, factors, options).Fit(
            new HeadTargets(heads, rows, truth, mixed),
            all,
            calibrate: true
        );
        return (
            encoded,
            new RouterSnapshot
            {
                Name = labelled.Name,
                Encoder = encoder,
                Models = [.. models.Select(m => labelled.Models[m])],
                Quality = group,
                Lengths = FitLog(
                    encoded,
                    rows,
                    models,
                    (q, m) => 1 + labelled.OutputTokens[(q * labelled.Models.Count) + m],
                    set
                ),
                Costs = FitLog(encoded, rows, models, (q, m) => labelled.Cost(q, m), set),
            }
        );
    }

    // Ridge on the logarithm; the constant absorbs half the residual variance, so that exp gives a mean, not a median.
    private static LatentEstimator? FitLog(
        EncodedCorpus encoded,
        int[] rows,
        int[] models,
        Func<int, int, double> value,
        int set
    )
    {
        int offset = encoded.Corpus.Offsets[set];
        int full = encoded.Width + 1;
        float[] weights = new float[models.Length * full];
        for (int h = 0; h < models.Length; h++)
        {
            int model = models[h];
            int[] known = [.. rows.Where(r => value(r - offset, model) is > 0 and < double.PositiveInfinity)];
            if (known.Length < 20)
                return null;
            float[] y = Array.ConvertAll(known, r => (float)Math.Log(value(r - offset, model)));
            float[] a = encoded.Pick(known);
            float[] w = DenseRidge.Fit(a, known.Length, encoded.Width, y, 1, 30);
            double variance = 0;
            for (int i = 0; i < known.Length; i++)
            {
                double error = y[i] - DenseRidge.Predict(w, a.AsSpan(i * encoded.Width, encoded.Width));
                variance += error * error / known.Length;
            }

            w[^1] += (float)(variance / 2);
            w.CopyTo(weights.AsSpan(h * full));
        }

        return new LatentEstimator { Weights = weights };
    }
}
