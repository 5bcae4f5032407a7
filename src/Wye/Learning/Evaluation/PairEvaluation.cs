using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;

namespace Wye.Learning.Evaluation;

/// <summary>Out-of-fold win-rate scores of a pair, with the baselines.</summary>
internal sealed class PairEvaluation
{
    /// <summary>The blend's name among the scores.</summary>
    public const string Blend = "blend";

    /// <summary>Baseline: ridge on TF-IDF.</summary>
    public const string TfIdf = "TF-IDF ridge";

    /// <summary>Baseline that is told the label: mean gain per topic.</summary>
    public const string TaskTable = "task table (given the label)";

    private const float TablePseudo = 10;

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
        int w = Column(labelled, weak);
        int s = Column(labelled, strong);
        int offset = corpus.Offsets[set];
        int[] items =
        [
            .. Enumerable
                .Range(offset, labelled.Queries.Count)
                .Where(i => !float.IsNaN(labelled.Score(i - offset, w)) && !float.IsNaN(labelled.Score(i - offset, s))),
        ];
        var scores = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var tested = new HashSet<int>();
        float Gain(int item) => labelled.Score(item - offset, s) - labelled.Score(item - offset, w);
        for (int fold = 0; fold < plan.Folds; fold++)
        {
            var (test, train, all) = plan.Split(corpus, set, items, fold);
            test = [.. test.Where(tested.Add)];
            if (test.Length == 0)
                continue;
            (EncodedCorpus encoded, HeadGroup group) = PairTrainer.Fit(corpus, set, w, s, train, all, options);
            Score(encoded, group, test, scores);
            Put(scores, TfIdf, test, TfIdfRidge.Predict(corpus, train, test, Gain, options.Seed), corpus.Count);
            Put(scores, TaskTable, test, Table(corpus, train, test, Gain), corpus.Count);
            foreach (float[] of in scores.Values)
                RankWithin(of, test);
            progress?.Invoke(fold);
        }

        int[] order = [.. items.Where(tested.Contains)];
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
        };
    }

    /// <summary>Scores a router that is trained already, on the questions it has not seen.</summary>
    public static PairEvaluation Of(Corpus corpus, int set, string weak, string strong, RouterSnapshot router)
    {
        LabelledSet labelled = corpus.Sets[set];
        (int w, int s) = (Column(labelled, weak), Column(labelled, strong));
        int offset = corpus.Offsets[set];
        int[] items = PairTrainer.Labelled(corpus, set, w, s, RouterScoring.Unseen(router, corpus, set));
        return new PairEvaluation
        {
            Items = items,
            Weak = Array.ConvertAll(items, i => labelled.Score(i - offset, w)),
            Strong = Array.ConvertAll(items, i => labelled.Score(i - offset, s)),
            Scores = new Dictionary<string, float[]>(StringComparer.Ordinal)
            {
                [Blend] = RouterScoring.Gains(router, corpus, items, weak, strong),
            },
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

    private static int Column(LabelledSet set, string model) =>
        set.IndexOf(model) is var at and >= 0
            ? at
            : throw new InvalidDataException(
                $"Set '{set.Name}' has no answers of model '{model}'. It has: {string.Join(", ", set.Models)}."
            );

    private static void Score(EncodedCorpus encoded, HeadGroup group, int[] test, Dictionary<string, float[]> scores)
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
            blend[item] = heads[0];
        }
    }

    private static void RankWithin(float[] scores, int[] test)
    {
        float[] sorted = Array.ConvertAll(test, i => scores[i]);
        Array.Sort(sorted);
        foreach (int item in test)
        {
            int low = LowerBound(sorted, scores[item], orEqual: false);
            int high = LowerBound(sorted, scores[item], orEqual: true);
            // Equal scores share one rank: a router that cannot tell stays one that cannot tell.
            scores[item] = (low + high) / (2f * sorted.Length);
        }
    }

    private static int LowerBound(float[] sorted, float value, bool orEqual)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static float[] Table(Corpus corpus, int[] train, int[] test, Func<int, float> gain)
    {
        // Topics are shrunk to their task, tasks to the mean of all.
        float mean = train.Average(gain);
        Dictionary<string, float> tasks = Means(train, i => corpus.Query(i).Task, gain, _ => mean);
        Dictionary<string, float> topics = Means(
            train,
            i => corpus.Query(i).Topic,
            gain,
            i => tasks[corpus.Query(i).Task]
        );
        return Array.ConvertAll(
            test,
            i =>
                topics.TryGetValue(corpus.Query(i).Topic, out float topic)
                    ? topic
                    : tasks.GetValueOrDefault(corpus.Query(i).Task, mean)
        );
    }

    private static Dictionary<string, float> Means(
        int[] rows,
        Func<int, string> label,
        Func<int, float> gain,
        Func<int, float> above
    ) =>
        rows.GroupBy(label, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => (g.Sum(gain) + (TablePseudo * g.Average(above))) / (g.Count() + TablePseudo),
                StringComparer.Ordinal
            );

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
