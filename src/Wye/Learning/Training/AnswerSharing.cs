using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;

namespace Wye.Learning.Training;

/// <summary>Lets all models' answers to a training question say what its targets would be without luck.</summary>
/// <remarks>
/// A target is regressed on the other models' answers to the same question, in every set that has it; the prediction
/// (made out of fold) has the same mean given the prompt, and less noise. Only training questions are ever touched.
/// </remarks>
internal static class AnswerSharing
{
    private const int Folds = 4;
    private const int Bumps = 8;
    private const double Penalty = 30;

    /// <summary>Share of the predicted target in the mix; the rest is the observed one.</summary>
    public const float Share = 0.5f;

    /// <summary>Mixed targets, by item. [items × heads].</summary>
    /// <param name="corpus">Questions and answers.</param>
    /// <param name="known">Items whose answers may be used.</param>
    /// <param name="rows">Items to make targets for; all among <paramref name="known"/>.</param>
    /// <param name="truth">Observed targets by item.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="own">Per head: columns (set, model) the target is made of, which it may not see.</param>
    /// <param name="seed">Seed of the folds.</param>
    public static float[] Mix(
        Corpus corpus,
        ReadOnlySpan<int> known,
        int[] rows,
        float[] truth,
        int heads,
        Func<int, int, bool>[] own,
        ulong seed
    )
    {
        float[] mixed = [.. truth];
        Answers answers = Answers.Of(corpus, known, rows);
        if (answers.Width == 0)
            return mixed;
        int[] fold = Array.ConvertAll(rows, r => Corpora.Folds.Of(corpus.Query(r).Key, Folds, seed));
        Parallel.For(
            0,
            heads,
            Threads.Options,
            h =>
            {
                int[] columns = answers.ColumnsExcept(own[h]);
                int width = columns.Length + Bumps;
                float[] a = answers.Design(rows, columns);
                for (int f = 0; f < Folds; f++)
                {
                    int[] train = [.. Enumerable.Range(0, rows.Length).Where(i => fold[i] != f)];
                    if (train.Length < 50)
                        continue;
                    float[] weights = DenseRidge.Fit(
                        HeadTargets.Pick(a, train, width),
                        train.Length,
                        width,
                        Array.ConvertAll(train, i => truth[(rows[i] * heads) + h]),
                        1,
                        Penalty
                    );
                    for (int i = 0; i < rows.Length; i++)
                    {
                        if (fold[i] != f)
                            continue;
                        float predicted = DenseRidge.Predict(weights, a.AsSpan(i * width, width));
                        ref float cell = ref mixed[(rows[i] * heads) + h];
                        cell += Share * (predicted - cell);
                    }
                }
            }
        );
        return mixed;
    }

    private sealed class Answers
    {
        private readonly Dictionary<int, List<(int Column, float Value)>> _byGroup = [];
        private readonly List<(int Set, int Model)> _columns = [];
        private int[] _groups = [];

        public int Width => _columns.Count;

        public static Answers Of(Corpus corpus, ReadOnlySpan<int> known, int[] rows)
        {
            var result = new Answers { _groups = corpus.Groups };
            var wanted = rows.Select(r => corpus.Groups[r]).ToHashSet();
            var cells = new Dictionary<(int, int), List<(int Group, float Value)>>();
            foreach (int item in known)
            {
                if (!wanted.Contains(corpus.Groups[item]))
                    continue;
                int set = corpus.SetOf(item);
                for (int m = 0; m < corpus.Sets[set].Models.Count; m++)
                {
                    float score = corpus.Sets[set].Score(item - corpus.Offsets[set], m);
                    if (float.IsNaN(score))
                        continue;
                    if (!cells.TryGetValue((set, m), out var list))
                        cells.Add((set, m), list = []);
                    list.Add((corpus.Groups[item], score));
                }
            }

            // A column that covers few of the questions would only add noise.
            foreach (var (column, list) in cells.Where(c => c.Value.Count >= 0.15 * rows.Length).OrderBy(c => c.Key))
            {
                float mean = list.Average(x => x.Value);
                foreach (var (group, value) in list)
                {
                    if (!result._byGroup.TryGetValue(group, out var entries))
                        result._byGroup.Add(group, entries = []);
                    entries.Add((result._columns.Count, value - mean));
                }

                result._columns.Add(column);
            }

            return result;
        }

        public int[] ColumnsExcept(Func<int, int, bool> own) =>
            [.. Enumerable.Range(0, Width).Where(c => !own(_columns[c].Set, _columns[c].Model))];

        public float[] Design(int[] rows, int[] columns)
        {
            int width = columns.Length + Bumps;
            int[] place = new int[Width];
            Array.Fill(place, -1);
            for (int i = 0; i < columns.Length; i++)
                place[columns[i]] = i;
            float[] a = new float[rows.Length * width];
            for (int r = 0; r < rows.Length; r++)
            {
                if (!_byGroup.TryGetValue(_groups[rows[r]], out var entries))
                    continue;
                float sum = 0;
                int count = 0;
                foreach (var (column, value) in entries)
                {
                    if (place[column] < 0)
                        continue;
                    a[(r * width) + place[column]] = value;
                    sum += value;
                    count++;
                }

                // Bumps along the mean let the target peak at middling difficulty.
                for (int b = 0; b < Bumps && count > 0; b++)
                {
                    float distance = ((sum / count) - (-0.7f + (0.2f * b))) / 0.15f;
                    a[(r * width) + columns.Length + b] = MathF.Exp(-distance * distance);
                }
            }

            return a;
        }
    }
}
