using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Learning.Training;

/// <summary>Trains one router from several sets: quality, length and cost heads for a pool, and gain heads for pairs.</summary>
/// <remarks>
/// A model is one head wherever its name stands. Answers that no set has are filled in from the response factors: that
/// is how a model known from one kind of question gets an estimate on another, from models that answered both.
/// </remarks>
internal sealed class RouterTrainer(Corpus corpus, TrainerOptions options)
{
    /// <summary>Fewer answers than this teach nothing of a model or pair.</summary>
    public const int LeastAnswers = 50;

    private const int FillRank = 5;

    /// <summary>Trains on the given items.</summary>
    /// <param name="name">Name of the router.</param>
    /// <param name="pool">Models to serve; empty for every model with at least 50 answers.</param>
    /// <param name="pairs">Pairs that get a gain head of their own.</param>
    /// <param name="items">Items that may be learned from.</param>
    /// <param name="progress">Told what begins.</param>
    public RouterSnapshot Fit(
        string name,
        IReadOnlyList<string> pool,
        IReadOnlyList<(string Weak, string Strong)> pairs,
        int[] items,
        Action<string>? progress = null
    )
    {
        // What cannot be learned is said before the work, which may take minutes.
        string[] models = Pool(pool, items);
        var pairRows = pairs.Select(pair => Rows(pair.Weak, pair.Strong, items)).ToArray();
        progress?.Invoke("latent space");
        var encoder = EncoderTrainer.Fit(corpus, items, options);
        var encoded = EncodedCorpus.Build(corpus, encoder);
        progress?.Invoke("shared difficulty");
        var factors = ResponseFactors.Fit(corpus, items, options.Factors, 2, options.Seed);
        progress?.Invoke(FormattableString.Invariant($"quality of {models.Length} models"));
        HeadTargets targets = Targets(models, items);
        HeadGroup quality = new GroupTrainer(encoded, factors, options).Fit(targets, items, calibrate: true);
        progress?.Invoke("lengths and costs");
        LatentEstimator? lengths = LogTrainer.Fit(
            encoded,
            items,
            models,
            (set, cell) => 1 + set.OutputTokens[cell],
            lend: true
        );
        LatentEstimator? costs = LogTrainer.Fit(encoded, items, models, (set, cell) => set.Costs[cell], lend: false);
        var heads = new List<PairHeads>();
        foreach (var ((weak, strong), (set, rows)) in pairs.Zip(pairRows))
        {
            progress?.Invoke($"pair {weak}, {strong}");
            (int w, int s) = (corpus.Sets[set].IndexOf(weak), corpus.Sets[set].IndexOf(strong));
            HeadGroup gain = PairTrainer.Fit(encoded, factors, set, w, s, rows, items, options);
            heads.Add(new PairHeads(weak, strong, gain));
        }

        var cells = quality.Estimators.OfType<ClustersEstimator>().FirstOrDefault();
        return new RouterSnapshot
        {
            Name = name,
            Encoder = encoder,
            Topics = cells is null ? null : CellWords.Of(corpus, encoded, cells, items),
            Models = models,
            Quality = quality,
            Lengths = lengths,
            Costs = costs,
            Pairs = heads,
            TrainedQuestions = [.. items.Select(i => Folds.HashOf(corpus.Query(i).Key)).Distinct().Order()],
        };
    }

    // The first set that tells the two apart often enough.
    private (int Set, int[] Rows) Rows(string weak, string strong, int[] items)
    {
        int most = -1;
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            (int w, int t) = (corpus.Sets[s].IndexOf(weak), corpus.Sets[s].IndexOf(strong));
            if (w < 0 || t < 0)
                continue;
            int[] rows = PairTrainer.Labelled(corpus, s, w, t, items);
            if (rows.Length >= LeastAnswers)
                return (s, rows);
            most = Math.Max(most, rows.Length);
        }

        if (most >= 0)
            throw new InvalidDataException(
                $"No more than {most} questions to learn from have answers of both '{weak}' and '{strong}'; at least {LeastAnswers} are needed. Add data, or leave out the pair."
            );
        throw new InvalidDataException(
            $"No set has answers of both '{weak}' and '{strong}'. Name models that stand in one set."
        );
    }

    private string[] Pool(IReadOnlyList<string> wanted, int[] items)
    {
        var answers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (int item in items)
        {
            int s = corpus.SetOf(item);
            for (int m = 0; m < corpus.Sets[s].Models.Count; m++)
            {
                if (!float.IsNaN(corpus.Sets[s].Score(item - corpus.Offsets[s], m)))
                    answers[corpus.Sets[s].Models[m]] = answers.GetValueOrDefault(corpus.Sets[s].Models[m]) + 1;
            }
        }

        foreach (string model in wanted)
        {
            if (answers.GetValueOrDefault(model) < LeastAnswers)
            {
                throw new InvalidDataException(
                    $"Model '{model}' has {answers.GetValueOrDefault(model)} answers in the data; at least {LeastAnswers} are needed. Leave it out of --pool, or add data."
                );
            }
        }

        string[] models =
            wanted.Count > 0 ? [.. wanted] : [.. answers.Where(a => a.Value >= LeastAnswers).Select(a => a.Key)];
        return models.Length > 0
            ? models
            : throw new InvalidDataException(
                $"No model has {LeastAnswers} answers among the {items.Length} questions to learn from; fewer teach nothing. Add data."
            );
    }

    private HeadTargets Targets(string[] models, int[] items)
    {
        var number = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string model in corpus.Sets.SelectMany(s => s.Models))
            number.TryAdd(model, number.Count);
        ResponseFactors fill = ResponseFactors.Fit(
            corpus,
            items,
            FillRank,
            2,
            options.Seed + 3,
            number.Count,
            (s, m) => number[corpus.Sets[s].Models[m]]
        );
        int heads = models.Length;
        float[] truth = new float[corpus.Count * heads];
        float[] mixed = new float[truth.Length];
        var rows = new List<int>();
        foreach (int item in items)
        {
            LabelledSet set = corpus.Sets[corpus.SetOf(item)];
            int query = item - corpus.Offsets[corpus.SetOf(item)];
            bool known = false;
            for (int h = 0; h < heads; h++)
            {
                int column = set.IndexOf(models[h]);
                float score = column < 0 ? float.NaN : set.Score(query, column);
                float expected = fill.Expect(corpus.Groups[item], number[models[h]]);
                known |= !float.IsNaN(score);
                int at = (item * heads) + h;
                truth[at] = float.IsNaN(score) ? expected : score;
                mixed[at] = truth[at] + (AnswerSharing.Share * (expected - truth[at]));
            }

            if (known)
                rows.Add(item);
        }

        return new HeadTargets(heads, [.. rows], truth, mixed);
    }
}
