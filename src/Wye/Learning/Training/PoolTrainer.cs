using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

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
        string[] names = Array.ConvertAll(models, m => labelled.Models[m]);
        int heads = models.Length;
        float[] truth = new float[corpus.Count * heads];
        foreach (int row in rows)
        {
            for (int h = 0; h < heads; h++)
                truth[(row * heads) + h] = labelled.Score(row - corpus.Offsets[set], models[h]);
        }

        var encoder = EncoderTrainer.Fit(corpus, all, options);
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
                Models = names,
                Quality = group,
                Lengths = LogTrainer.Fit(encoded, rows, names, (of, cell) => 1 + of.OutputTokens[cell], lend: true),
                Costs = LogTrainer.Fit(encoded, rows, names, (of, cell) => of.Costs[cell], lend: false),
            }
        );
    }
}
