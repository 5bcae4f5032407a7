using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;

namespace Wye.Learning.Evaluation;

/// <summary>Out-of-fold quality and cost predictions for a pool of models.</summary>
internal sealed class PoolEvaluation
{
    /// <summary>Tested items.</summary>
    public required int[] Items { get; init; }

    /// <summary>What was observed.</summary>
    public required PoolOutcome Outcome { get; init; }

    /// <summary>Predicted quality. [items × models].</summary>
    public required float[] Quality { get; init; }

    /// <summary>Predicted cost in USD. [items × models].</summary>
    public required double[] Cost { get; init; }

    /// <summary>Mean quality per topic and model on the training rows: the table that is told the label. [items × models].</summary>
    public required float[] TableQuality { get; init; }

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
        (int[] models, int[] items) = Complete(
            corpus,
            set,
            pool,
            Enumerable.Range(corpus.Offsets[set], corpus.Sets[set].Queries.Count)
        );
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
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
        float[] quality = new float[items.Length * width];
        float[] table = new float[items.Length * width];
        double[] cost = new double[items.Length * width];
        var tested = new HashSet<int>();
        var scratch = new EstimateScratch();
        float[] heads = new float[width];
        for (int fold = 0; fold < plan.Folds; fold++)
        {
            var (test, train, all) = plan.Split(corpus, set, scored, fold);
            test = [.. test.Where(i => place[i] >= 0 && tested.Add(i))];
            if (test.Length == 0)
                continue;
            (EncodedCorpus encoded, RouterSnapshot router) = PoolTrainer.Fit(corpus, set, models, train, all, options);
            foreach (int item in test)
            {
                EncodedPrompt prompt = encoded.At(item);
                router.Quality!.Estimate(prompt, scratch, quality.AsSpan(place[item] * width, width));
                router.Costs!.Estimate(prompt, scratch, heads);
                for (int m = 0; m < width; m++)
                    cost[(place[item] * width) + m] = Math.Exp(heads[m]);
            }

            FillTable(corpus, labelled, offset, models, train, test, place, table);
            progress?.Invoke(fold);
        }

        return new PoolEvaluation
        {
            Items = items,
            Outcome = Observed(labelled, offset, pool, models, items),
            Quality = quality,
            Cost = cost,
            TableQuality = table,
        };
    }

    /// <summary>Predicts with a router that is trained already, on the questions it has not seen.</summary>
    public static PoolEvaluation Of(Corpus corpus, int set, IReadOnlyList<string> pool, RouterSnapshot router)
    {
        (int[] models, int[] items) = Complete(corpus, set, pool, RouterScoring.Unseen(router, corpus, set));
        (float[] quality, double[] cost) = RouterScoring.Pool(router, corpus, items, pool);
        PoolOutcome outcome = Observed(corpus.Sets[set], corpus.Offsets[set], pool, models, items);
        float[] table = new float[quality.Length];
        for (int i = 0; i < quality.Length; i++)
        {
            // Without training rows the table knows each model's mean only; without a cost head, its mean cost.
            table[i] = (float)outcome.Constant(i % models.Length).Quality;
            if (double.IsNaN(cost[i]))
                cost[i] = outcome.Constant(i % models.Length).Cost;
        }

        return new PoolEvaluation
        {
            Items = items,
            Outcome = outcome,
            Quality = quality,
            Cost = cost,
            TableQuality = table,
        };
    }

    private static (int[] Models, int[] Items) Complete(
        Corpus corpus,
        int set,
        IReadOnlyList<string> pool,
        IEnumerable<int> candidates
    )
    {
        LabelledSet labelled = corpus.Sets[set];
        int offset = corpus.Offsets[set];
        int[] models = [.. pool.Select(p => Column(labelled, p))];
        int[] items =
        [
            .. candidates.Where(i =>
                models.All(m => !float.IsNaN(labelled.Score(i - offset, m)) && labelled.Cost(i - offset, m) >= 0)
            ),
        ];
        return items.Length >= 100
            ? (models, items)
            : throw new InvalidDataException(
                $"Only {items.Length} questions of '{labelled.Name}' have a score and a cost for every model of the pool; at least 100 are needed. Leave out models without costs."
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

    private static void FillTable(
        Corpus corpus,
        LabelledSet labelled,
        int offset,
        int[] models,
        int[] train,
        int[] test,
        int[] place,
        float[] table
    )
    {
        for (int m = 0; m < models.Length; m++)
        {
            float mean = train.Average(i => labelled.Score(i - offset, models[m]));
            Dictionary<string, float> means = train
                .GroupBy(i => corpus.Query(i).Topic, StringComparer.Ordinal)
                .ToDictionary(
                    g => g.Key,
                    g => (g.Sum(i => labelled.Score(i - offset, models[m])) + (5 * mean)) / (g.Count() + 5),
                    StringComparer.Ordinal
                );
            foreach (int item in test)
                table[(place[item] * models.Length) + m] = means.GetValueOrDefault(corpus.Query(item).Topic, mean);
        }
    }

    private static int Column(LabelledSet set, string model) =>
        set.IndexOf(model) is var at and >= 0
            ? at
            : throw new InvalidDataException(
                $"Set '{set.Name}' has no answers of model '{model}'. It has: {string.Join(", ", set.Models)}."
            );
}
