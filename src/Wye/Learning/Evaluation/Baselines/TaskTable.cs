using Wye.Learning.Training.Corpora;

namespace Wye.Learning.Evaluation.Baselines;

/// <summary>The baseline that is told the label: mean per topic, shrunk to its task, tasks to the mean of all.</summary>
internal static class TaskTable
{
    private const float Pseudo = 10;

    /// <summary>Predictions of several targets for the test rows. [test × targets].</summary>
    public static float[] Predict(Corpus corpus, int[] train, int[] test, int targets, Func<int, int, float> target)
    {
        float[] predicted = new float[test.Length * targets];
        for (int t = 0; t < targets; t++)
        {
            int one = t;
            float Of(int item) => target(item, one);
            float mean = train.Average(Of);
            Dictionary<string, float> tasks = Means(train, i => corpus.Query(i).Task, Of, _ => mean);
            Dictionary<string, float> topics = Means(
                train,
                i => corpus.Query(i).Topic,
                Of,
                i => tasks[corpus.Query(i).Task]
            );
            for (int i = 0; i < test.Length; i++)
            {
                predicted[(i * targets) + t] = topics.TryGetValue(corpus.Query(test[i]).Topic, out float topic)
                    ? topic
                    : tasks.GetValueOrDefault(corpus.Query(test[i]).Task, mean);
            }
        }

        return predicted;
    }

    private static Dictionary<string, float> Means(
        int[] rows,
        Func<int, string> label,
        Func<int, float> value,
        Func<int, float> above
    ) =>
        rows.GroupBy(label, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => (g.Sum(value) + (Pseudo * g.Average(above))) / (g.Count() + Pseudo),
                StringComparer.Ordinal
            );
}
