using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Quality.Heads;

namespace Wye.Learning.Training;

/// <summary>Trains one gain head: quality of strong minus quality of weak.</summary>
internal static class PairTrainer
{
    /// <summary>Gain, weak's quality, strong's quality: the last two are there to inform the first.</summary>
    public const int Heads = 3;

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
        var encoder = EncoderTrainer.Fit(corpus, all, options);
        var encoded = EncodedCorpus.Build(corpus, encoder);
        var factors = ResponseFactors.Fit(corpus, all, options.Factors, 2, options.Seed);
        return (encoded, Fit(encoded, factors, set, weak, strong, rows, all, options));
    }

    /// <summary>Fits the head group on an encoder that is there already.</summary>
    public static HeadGroup Fit(
        EncodedCorpus encoded,
        ResponseFactors factors,
        int set,
        int weak,
        int strong,
        int[] rows,
        int[] all,
        TrainerOptions options
    )
    {
        Corpus corpus = encoded.Corpus;
        LabelledSet labelled = corpus.Sets[set];
        float[] truth = new float[corpus.Count * Heads];
        foreach (int row in rows)
        {
            int query = row - corpus.Offsets[set];
            (float w, float s) = (labelled.Score(query, weak), labelled.Score(query, strong));
            truth[row * Heads] = s - w;
            truth[(row * Heads) + 1] = w;
            truth[(row * Heads) + 2] = s;
        }

        bool Own(int s, int m) => s == set && (m == weak || m == strong);
        float[] mixed = AnswerSharing.Mix(corpus, all, rows, truth, Heads, [Own, Own, Own], options.Seed + 5);
        var targets = new HeadTargets(Heads, rows, truth, mixed) { Emphasis = [1, 0.4f, 0.4f] };
        return new GroupTrainer(encoded, factors, options).Fit(targets, all, calibrate: false);
    }

    /// <summary>Items among the given ones that have answers of both models in a set.</summary>
    public static int[] Labelled(Corpus corpus, int set, int weak, int strong, IEnumerable<int> items)
    {
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
        return
        [
            .. items.Where(i =>
                corpus.SetOf(i) == set
                && !float.IsNaN(labelled.Score(i - offset, weak))
                && !float.IsNaN(labelled.Score(i - offset, strong))
            ),
        ];
    }
}
