using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;

namespace Wye.Learning.Training.Heads;

/// <summary>Learns to infer labelled tasks from the prompt; test prompts never carry their label.</summary>
internal static class TaskTrainer
{
    /// <summary>Name of the estimator that knows the finest labels of the rows themselves.</summary>
    public const string OwnName = "tasks";

    private const int LeastExamples = 5;
    private const float PseudoExamples = 20;

    /// <summary>Gaussian classes over the finest labels of the rows themselves.</summary>
    public static TasksEstimator FitOwn(EncodedCorpus encoded, int[] rows, float[] targets, int heads)
    {
        (string[] names, int[] classOf) = Label(encoded.Corpus, rows);
        float[] weights = LinearDiscriminant.Fit(
            encoded.Pick(rows),
            rows.Length,
            encoded.Width,
            classOf,
            names.Length,
            0.05
        );
        return new TasksEstimator
        {
            Name = OwnName,
            Tasks = names.Length,
            Sharpness = 0.6f,
            Weights = weights,
            Means = Means(encoded.Corpus, rows, classOf, names.Length, targets, heads),
        };
    }

    /// <summary>One linear score per topic, learned from every set that labels it; means from the rows only.</summary>
    public static TasksEstimator FitShared(EncodedCorpus encoded, int[] rows, int[] all, float[] targets, int heads)
    {
        string[] own = Array.ConvertAll(rows, r => TopicName.Of(encoded.Corpus.Query(r).Topic));
        string[] names =
        [
            .. own.GroupBy(t => t, StringComparer.Ordinal)
                .Where(g => g.Count() >= LeastExamples)
                .Select(g => g.Key)
                .Order(StringComparer.Ordinal),
        ];
        if (names.Length == 0)
            names = [""];
        var number = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int n = 0; n < names.Length; n++)
            number[names[n]] = n;
        int[] labelled = [.. all.Where(i => number.ContainsKey(TopicName.Of(encoded.Corpus.Query(i).Topic)))];
        if (labelled.Length == 0)
            labelled = rows;
        float[] y = new float[labelled.Length * names.Length];
        for (int i = 0; i < labelled.Length; i++)
        {
            if (number.TryGetValue(TopicName.Of(encoded.Corpus.Query(labelled[i]).Topic), out int n))
                y[(i * names.Length) + n] = 1;
        }

        float[] weights = DenseRidge.Fit(encoded.Pick(labelled), labelled.Length, encoded.Width, y, names.Length, 1);
        int[] kept = [.. Enumerable.Range(0, rows.Length).Where(r => number.ContainsKey(own[r]))];
        int[] keptRows = Array.ConvertAll(kept, r => rows[r]);
        int[] classOf = Array.ConvertAll(kept, r => number[own[r]]);
        return new TasksEstimator
        {
            Name = "topics",
            Tasks = names.Length,
            Sharpness = 12,
            Weights = weights,
            Means =
                keptRows.Length > 0
                    ? Means(encoded.Corpus, keptRows, classOf, names.Length, targets, heads)
                    : HeadTargets.MeanOf(targets, rows, heads),
        };
    }

    private static float[] Means(Corpus corpus, int[] rows, int[] classOf, int classes, float[] targets, int heads)
    {
        string[] tasks =
        [
            .. rows.Select(r => corpus.Query(r).Task).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        int[] taskOf = Array.ConvertAll(
            rows,
            r => Array.BinarySearch(tasks, corpus.Query(r).Task, StringComparer.Ordinal)
        );
        return CellTrainer.GroupMeans(rows, classOf, classes, taskOf, tasks.Length, targets, heads, PseudoExamples);
    }

    private static (string[] Names, int[] ClassOf) Label(Corpus corpus, int[] rows)
    {
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            string topic = corpus.Query(row).Topic;
            count[topic] = count.GetValueOrDefault(topic) + 1;
        }

        // A topic of few examples counts as its task.
        string[] labels = Array.ConvertAll(
            rows,
            r => count[corpus.Query(r).Topic] >= LeastExamples ? corpus.Query(r).Topic : corpus.Query(r).Task
        );
        string[] names = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (names, Array.ConvertAll(labels, l => Array.BinarySearch(names, l, StringComparer.Ordinal)));
    }
}
