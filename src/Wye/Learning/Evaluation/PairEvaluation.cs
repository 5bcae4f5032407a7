using Wye.Learning.Evaluation.Baselines;
using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Learning.Evaluation;

/// <summary>Win-rate scores of a pair on questions their router has not seen, with the baselines.</summary>
internal sealed class PairEvaluation
{
    /// <summary>The blend's name among the scores.</summary>
    public const string Blend = "blend";

    /// <summary>Baseline: ridge on TF-IDF.</summary>
    public const string TfIdf = "TF-IDF ridge";

    /// <summary>Baseline that is told the label: mean gain per topic.</summary>
    public const string TaskTable = "task table (given the label)";

    // Fewer teach a fold nothing, and measure nothing.
    private const int LeastQuestions = 20;

    // Scores are ranked within their fold: among fewer questions a rank says nothing.
    private const int LeastOfFold = 5;

    /// <summary>Tested items.</summary>
    public required int[] Items { get; init; }

    /// <summary>Quality of weak's answer per item.</summary>
    public required float[] Weak { get; init; }

    /// <summary>Quality of strong's answer per item.</summary>
    public required float[] Strong { get; init; }

    /// <summary>
    /// Rank 0..1 per router and item among its fold; higher goes to strong first. Every fold has a router of its own, so
    /// a share of strong calls is a threshold per fold: raw scores of different routers are not compared.
    /// </summary>
    public required IReadOnlyDictionary<string, float[]> Scores { get; init; }

    /// <summary>
    /// Quality of weak and strong as the router predicts it, as far apart as the gain behind its score, folds on one
    /// scale. [items × 2].
    /// </summary>
    public required float[] Quality { get; init; }

    /// <summary>1 where strong is the better constant for the labelled task, else 0; empty when not worked out.</summary>
    public int[] TaskConstant { get; init; } = [];

    /// <summary>A router of the evaluation with questions it has not seen: for timing and perturbation.</summary>
    public required (RouterSnapshot Router, int[] Items) Sample { get; init; }

    /// <summary>Trains and scores fold by fold.</summary>
    public static PairEvaluation Run(
        Corpus corpus,
        int set,
        string weak,
        string strong,
        SplitPlan plan,
        TrainerOptions options,
        Action<int>? progress = null
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int w = UnknownModel.Column(labelled, weak);
        int s = UnknownModel.Column(labelled, strong);
        int offset = corpus.Offsets[set];
        int[] items = PairTrainer.Labelled(corpus, set, w, s, Enumerable.Range(offset, labelled.Queries.Count));
        if (items.Length < LeastQuestions)
            throw new InvalidDataException(
                $"Set '{labelled.Name}' has {items.Length} questions with answers of both {weak} and {strong}; at least {LeastQuestions} are needed."
            );
        if (items.Length < plan.Folds * LeastOfFold)
            throw new InvalidDataException(
                $"Set '{labelled.Name}' has {items.Length} questions with answers of both {weak} and {strong}: too few for {plan.Folds} folds of at least {LeastOfFold}. Give a smaller --folds."
            );
        var scores = new Dictionary<string, float[]>(StringComparer.Ordinal);
        float[] quality = new float[corpus.Count * 2];
        float[] gains = new float[corpus.Count];
        int[] constant = new int[corpus.Count];
        var tested = new HashSet<int>();
        (RouterSnapshot, int[]) sample = default;
        float Gain(int item) => labelled.Score(item - offset, s) - labelled.Score(item - offset, w);
        for (int fold = 0; fold < plan.Folds; fold++)
        {
            var (test, train, all) = plan.Split(corpus, set, items, fold);
            test = [.. test.Where(tested.Add)];
            if (test.Length == 0)
                continue;
            (EncodedCorpus encoded, HeadGroup group) = PairTrainer.Fit(corpus, set, w, s, train, all, options);
            Score(encoded, group, test, scores, quality, gains);
            Put(scores, TfIdf, test, TfIdfRidge.Predict(corpus, train, test, Gain, options.Seed), corpus.Count);
            float[] table = Baselines.TaskTable.Predict(corpus, train, test, 1, (i, _) => Gain(i));
            Put(scores, TaskTable, test, table, corpus.Count);
            for (int i = 0; i < test.Length; i++)
                constant[test[i]] = table[i] > 0 ? 1 : 0;
            foreach (float[] of in scores.Values)
                FoldRank.Within(of, test);
            sample = (Snapshot(labelled.Name, encoded, group, weak, strong), test);
            progress?.Invoke(fold);
        }

        int[] order = [.. items.Where(tested.Contains)];
        if (sample.Item1 is null)
            throw new InvalidDataException(
                $"Set '{labelled.Name}' has {items.Length} questions with answers of both {weak} and {strong}: too few for {plan.Folds} folds."
            );
        return new PairEvaluation
        {
            Items = order,
            Weak = Array.ConvertAll(order, i => labelled.Score(i - offset, w)),
            Strong = Array.ConvertAll(order, i => labelled.Score(i - offset, s)),
            Scores = scores.ToDictionary(
                x => x.Key,
                x => Array.ConvertAll(order, i => x.Value[i]),
                StringComparer.Ordinal
            ),
            Quality = Qualities(order, quality, gains, scores[Blend]),
            TaskConstant = Array.ConvertAll(order, i => constant[i]),
            Sample = sample,
        };
    }

    /// <summary>Scores a router that is trained already, on the given items it has not seen.</summary>
    public static PairEvaluation Of(
        Corpus corpus,
        int set,
        string weak,
        string strong,
        RouterSnapshot router,
        int[]? among = null,
        ulong seed = 1
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        (int w, int s) = (UnknownModel.Column(labelled, weak), UnknownModel.Column(labelled, strong));
        int offset = corpus.Offsets[set];
        int[] unseen = RouterScoring.Unseen(router, corpus, set);
        int[] items = PairTrainer.Labelled(corpus, set, w, s, among is null ? unseen : unseen.Intersect(among));
        int[] constant = [];
        var scores = new Dictionary<string, float[]>(StringComparer.Ordinal)
        {
            [Blend] = RouterScoring.Gains(router, corpus, items, weak, strong),
        };
        if (items.Length >= CrossFit.Least)
        {
            float Gain(int item, int _) => labelled.Score(item - offset, s) - labelled.Score(item - offset, w);
            var folds = new List<int[]>();
            (float[] ridge, float[] table) = CrossFit.Fit(corpus, items, 1, Gain, seed, folds.Add);
            constant = Array.ConvertAll(table, gain => gain > 0 ? 1 : 0);
            foreach (int[] places in folds)
            {
                FoldRank.Within(ridge, places);
                FoldRank.Within(table, places);
            }

            (scores[TfIdf], scores[TaskTable]) = (ridge, table);
        }

        return new PairEvaluation
        {
            Items = items,
            Weak = Array.ConvertAll(items, i => labelled.Score(i - offset, w)),
            Strong = Array.ConvertAll(items, i => labelled.Score(i - offset, s)),
            Scores = scores,
            Quality = RouterScoring.PairQualities(router, corpus, items, weak, strong),
            TaskConstant = constant,
            Sample = (router, items),
        };
    }

    /// <summary>Curve of one router over all items, or over the given positions.</summary>
    public PairCurve Curve(string router, int[]? positions = null)
    {
        float[] score = Scores[router];
        return positions is null
            ? new PairCurve(score, Weak, Strong)
            : new PairCurve(
                Array.ConvertAll(positions, i => score[i]),
                Array.ConvertAll(positions, i => Weak[i]),
                Array.ConvertAll(positions, i => Strong[i])
            );
    }

    /// <summary>The pair as a pool of two whose knob is the share of strong calls.</summary>
    /// <param name="corpus">The questions.</param>
    /// <param name="set">Set they stand in.</param>
    /// <param name="pair">Weak and strong.</param>
    /// <param name="names">Routers wanted, the measured one first.</param>
    public RoutedQuestions Routed(Corpus corpus, int set, (string Weak, string Strong) pair, IEnumerable<string> names)
    {
        LabelledSet labelled = corpus.Sets[set];
        int[] columns = [UnknownModel.Column(labelled, pair.Weak), UnknownModel.Column(labelled, pair.Strong)];
        int offset = corpus.Offsets[set];
        double[] cost = [.. Items.SelectMany(i => columns.Select(c => labelled.Cost(i - offset, c)))];
        bool priced = cost.All(c => c >= 0);
        // Without prices a strong call is the unit, a weak one is free.
        if (!priced)
            cost = [.. cost.Select((_, i) => (double)(i % 2))];
        string[] wanted = [.. names];
        return new RoutedQuestions
        {
            Ids = Array.ConvertAll(Items, i => corpus.Query(i).Id),
            Tasks = Array.ConvertAll(Items, i => corpus.Query(i).Task),
            Outcome = new PoolOutcome(
                [pair.Weak, pair.Strong],
                [.. Enumerable.Range(0, Items.Length).SelectMany(i => (float[])[Weak[i], Strong[i]])],
                cost
            ),
            Priced = priced,
            Routers = [.. wanted.Select(n => new RoutedQuestions.Router(n, ChoiceSweep.ByScore(Scores[n])))],
            Quality = Quality,
            Score = Scores[wanted[0]],
            TaskConstant = TaskConstant,
        };
    }

    private static float[] Qualities(int[] order, float[] quality, float[] gains, float[] ranks)
    {
        float[] aligned = PairQuality.Aligned(
            Array.ConvertAll(order, i => gains[i]),
            Array.ConvertAll(order, i => ranks[i])
        );
        float[] apart = new float[order.Length * 2];
        for (int i = 0; i < order.Length; i++)
        {
            (apart[i * 2], apart[(i * 2) + 1]) = PairQuality.Apart(
                quality[order[i] * 2],
                quality[(order[i] * 2) + 1],
                aligned[i]
            );
        }

        return apart;
    }

    private static RouterSnapshot Snapshot(
        string name,
        EncodedCorpus encoded,
        HeadGroup group,
        string weak,
        string strong
    ) =>
        new()
        {
            Name = name,
            Encoder = encoded.Encoder,
            Models = [],
            Pairs = [new PairHeads(weak, strong, group)],
        };

    private static void Score(
        EncodedCorpus encoded,
        HeadGroup group,
        int[] test,
        Dictionary<string, float[]> scores,
        float[] quality,
        float[] gains
    )
    {
        int count = encoded.Corpus.Count;
        string[] names = [.. group.PartNames];
        float[] parts = new float[group.Parts * group.Heads];
        float[] heads = new float[group.Heads];
        var scratch = new EstimateScratch();
        float[][] to = Array.ConvertAll(names, n => Of(scores, n, count));
        float[] blend = Of(scores, Blend, count);
        foreach (int item in test)
        {
            group.EstimateParts(encoded.At(item), scratch, parts);
            for (int p = 0; p < names.Length; p++)
                to[p][item] = parts[p * group.Heads];
            group.Blend(parts, heads);
            blend[item] = gains[item] = heads[0];
            (quality[item * 2], quality[(item * 2) + 1]) = (heads[1], heads[2]);
        }
    }

    private static float[] Of(Dictionary<string, float[]> scores, string name, int count)
    {
        if (!scores.TryGetValue(name, out float[]? of))
            scores.Add(name, of = new float[count]);
        return of;
    }

    private static void Put(Dictionary<string, float[]> scores, string name, int[] test, float[] predicted, int count)
    {
        float[] to = Of(scores, name, count);
        for (int i = 0; i < test.Length; i++)
            to[test[i]] = predicted[i];
    }
}
