using Wye.Learning.Evaluation.Baselines;
using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Learning.Evaluation;

/// <summary>Quality and cost predictions for a pool on questions their router has not seen, with the baselines.</summary>
internal sealed class PoolEvaluation
{
    private const int LeastItems = 100;

    /// <summary>Tested items.</summary>
    public required int[] Items { get; init; }

    /// <summary>What was observed.</summary>
    public required PoolOutcome Outcome { get; init; }

    /// <summary>Predicted quality by router: the blend, its parts, the baselines. [items × models] each.</summary>
    public required IReadOnlyDictionary<string, float[]> Quality { get; init; }

    /// <summary>Predicted cost in USD. [items × models].</summary>
    public required double[] Cost { get; init; }

    /// <summary>A router of the evaluation with questions it has not seen: for timing and perturbation.</summary>
    public required (RouterSnapshot Router, int[] Items) Sample { get; init; }

    /// <summary>Trains and predicts fold by fold, on questions where every model has a score and a cost.</summary>
    public static PoolEvaluation Run(
        Corpus corpus,
        int set,
        IReadOnlyList<string> pool,
        SplitPlan plan,
        TrainerOptions options,
        Action<int>? progress = null
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
        (int[] models, int[] items) = Complete(corpus, set, pool, Enumerable.Range(offset, labelled.Queries.Count));
        int width = models.Length;
        int[] place = new int[corpus.Count];
        Array.Fill(place, -1);
        for (int i = 0; i < items.Length; i++)
            place[items[i]] = i;
        // Questions without costs cannot be tested, but their scores teach.
        int[] scored =
        [
            .. Enumerable
                .Range(offset, labelled.Queries.Count)
                .Where(i => models.All(m => !float.IsNaN(labelled.Score(i - offset, m)))),
        ];
        var quality = new Dictionary<string, float[]>(StringComparer.Ordinal);
        double[] cost = new double[items.Length * width];
        var tested = new HashSet<int>();
        (RouterSnapshot, int[]) sample = default;
        float Score(int item, int m) => labelled.Score(item - offset, models[m]);
        for (int fold = 0; fold < plan.Folds; fold++)
        {
            var (test, train, all) = plan.Split(corpus, set, scored, fold);
            test = [.. test.Where(i => place[i] >= 0 && tested.Add(i))];
            if (test.Length == 0)
                continue;
            (EncodedCorpus encoded, RouterSnapshot router) = PoolTrainer.Fit(corpus, set, models, train, all, options);
            int[] places = Array.ConvertAll(test, i => place[i]);
            Predict(encoded, router, test, places, items.Length, quality, cost);
            float[] ridge = TfIdfRidge.Predict(corpus, train, test, width, Score, options.Seed);
            Put(quality, PairEvaluation.TfIdf, ridge, places, items.Length, width);
            float[] table = TaskTable.Predict(corpus, train, test, width, Score);
            Put(quality, PairEvaluation.TaskTable, table, places, items.Length, width);
            sample = (router, test);
            progress?.Invoke(fold);
        }

        PoolOutcome outcome = Observed(labelled, offset, pool, models, items);
        outcome.FillUnknown(cost);
        return new PoolEvaluation
        {
            Items = items,
            Outcome = outcome,
            Quality = quality,
            Cost = cost,
            Sample = sample,
        };
    }

    /// <summary>Predicts with a router that is trained already, on the questions it has not seen.</summary>
    public static PoolEvaluation Of(
        Corpus corpus,
        int set,
        IReadOnlyList<string> pool,
        RouterSnapshot router,
        int[]? among = null,
        ulong seed = 1
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
        int[] unseen = RouterScoring.Unseen(router, corpus, set);
        (int[] models, int[] items) = Complete(
            corpus,
            set,
            pool,
            among is null ? unseen : unseen.Intersect(among),
            trained: true
        );
        (float[] quality, double[] cost) = RouterScoring.Pool(router, corpus, items, pool);
        PoolOutcome outcome = Observed(labelled, offset, pool, models, items);
        outcome.FillUnknown(cost);
        (float[] ridge, float[] table) = CrossFit.Fit(
            corpus,
            items,
            models.Length,
            (item, m) => labelled.Score(item - offset, models[m]),
            seed
        );
        return new PoolEvaluation
        {
            Items = items,
            Outcome = outcome,
            Quality = new Dictionary<string, float[]>(StringComparer.Ordinal)
            {
                [PairEvaluation.Blend] = quality,
                [PairEvaluation.TfIdf] = ridge,
                [PairEvaluation.TaskTable] = table,
            },
            Cost = cost,
            Sample = (router, items),
        };
    }

    /// <summary>All that a report needs.</summary>
    /// <param name="corpus">The questions.</param>
    /// <param name="names">Routers wanted, the measured one first.</param>
    public RoutedQuestions Routed(Corpus corpus, IEnumerable<string> names)
    {
        int models = Outcome.Models.Count;
        string[] wanted = [.. names];
        return new RoutedQuestions
        {
            Ids = Array.ConvertAll(Items, i => corpus.Query(i).Id),
            Tasks = Array.ConvertAll(Items, i => corpus.Query(i).Task),
            Outcome = Outcome,
            Priced = true,
            Routers =
            [
                .. wanted.Select(n => new RoutedQuestions.Router(n, ChoiceSweep.ByTradeOff(models, Quality[n], Cost))),
            ],
            Quality = Quality[wanted[0]],
            Cost = Cost,
            TaskConstant = ChoiceSweep.ByTradeOff(models, Quality[PairEvaluation.TaskTable], Cost).Choices(0),
        };
    }

    private static void Predict(
        EncodedCorpus encoded,
        RouterSnapshot router,
        int[] test,
        int[] places,
        int count,
        Dictionary<string, float[]> quality,
        double[] cost
    )
    {
        HeadGroup group = router.Quality!;
        int width = group.Heads;
        string[] names = [.. group.PartNames];
        float[] parts = new float[group.Parts * width];
        float[] heads = new float[width];
        var scratch = new EstimateScratch();
        float[][] to = Array.ConvertAll(names, n => Of(quality, n, count * width));
        float[] blend = Of(quality, PairEvaluation.Blend, count * width);
        for (int i = 0; i < test.Length; i++)
        {
            EncodedPrompt prompt = encoded.At(test[i]);
            int at = places[i] * width;
            group.EstimateParts(prompt, scratch, parts);
            for (int p = 0; p < names.Length; p++)
                parts.AsSpan(p * width, width).CopyTo(to[p].AsSpan(at));
            router.Quality!.Estimate(prompt, scratch, blend.AsSpan(at, width));
            if (router.Costs is null)
                Array.Fill(heads, float.NaN);
            else
                router.Costs.Estimate(prompt, scratch, heads);
            for (int m = 0; m < width; m++)
                cost[at + m] = Math.Exp(heads[m]);
        }
    }

    private static (int[] Models, int[] Items) Complete(
        Corpus corpus,
        int set,
        IReadOnlyList<string> pool,
        IEnumerable<int> candidates,
        bool trained = false
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
        int[] models = [.. pool.Select(p => UnknownModel.Column(labelled, p))];
        int[] items =
        [
            .. candidates.Where(i =>
                models.All(m => !float.IsNaN(labelled.Score(i - offset, m)) && labelled.Cost(i - offset, m) >= 0)
            ),
        ];
        return items.Length >= LeastItems
            ? (models, items)
            : throw new InvalidDataException(
                $"Only {items.Length} questions of '{labelled.Name}' {(trained ? "are new to the router and " : "")}have a score and a cost for every model of the pool; at least {LeastItems} are needed. {(trained ? "Measure on other data, leave" : "Leave")} out models without costs, or measure a pair with --pair."
            );
    }

    private static PoolOutcome Observed(
        LabelledSet labelled,
        int offset,
        IReadOnlyList<string> pool,
        int[] models,
        int[] items
    ) =>
        new(
            pool,
            [.. items.SelectMany(i => models.Select(m => labelled.Score(i - offset, m)))],
            [.. items.SelectMany(i => models.Select(m => labelled.Cost(i - offset, m)))]
        );

    private static float[] Of(Dictionary<string, float[]> quality, string name, int size)
    {
        if (!quality.TryGetValue(name, out float[]? of))
            quality.Add(name, of = new float[size]);
        return of;
    }

    private static void Put(
        Dictionary<string, float[]> quality,
        string name,
        float[] predicted,
        int[] places,
        int count,
        int width
    )
    {
        float[] to = Of(quality, name, count * width);
        for (int i = 0; i < places.Length; i++)
            Array.Copy(predicted, i * width, to, places[i] * width, width);
    }
}
