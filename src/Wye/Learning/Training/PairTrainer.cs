using Wye.Learning.Reading;
using Wye.Quality;

namespace Wye.Learning.Training;

/// <summary>Trains one gain head: quality of strong minus quality of weak.</summary>
internal static class PairTrainer
{
    /// <summary>Fits encoder, factors and head group.</summary>
    /// <param name="corpus">All questions.</param>
    /// <param name="set">Number of the set the pair is labelled in.</param>
    /// <param name="weak">Column of the weak model in the set.</param>
    /// <param name="strong">Column of the strong model in the set.</param>
    /// <param name="rows">Labelled items of the pair to learn from.</param>
    /// <param name="all">Items of all sets to learn from; none may share a question with a test item.</param>
    /// <param name="options">Sizes and seed.</param>
    public static (EncodedCorpus Encoded, HeadGroup Group) Fit(
        Corpus corpus,
        int set,
        int weak,
        int strong,
        int[] rows,
        int[] all,
        TrainerOptions options
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        float[] truth = new float[corpus.Count];
        foreach (int row in rows)
        {
            int query = row - corpus.Offsets[set];
            truth[row] = labelled.Score(query, strong) - labelled.Score(query, weak);
        }

        var encoder = EncoderTrainer.Fit(corpus, all, options.LatentWidth, options.LeastDocuments, options.Seed);
        var encoded = EncodedCorpus.Build(corpus, encoder);
        var factors = ResponseFactors.Fit(corpus, all, options.Factors, 2, options.Seed);
        bool Own(int s, int m) => s == set && (m == weak || m == strong);
        float[] mixed = AnswerSharing.Mix(corpus, all, rows, truth, 1, [Own], options.Seed + 5);
        var group = new GroupTrainer(encoded, factors, options).Fit(new HeadTargets(1, rows, truth, mixed), all, calibrate: true);
        return (encoded, group);
    }
}
