using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Numerics;

namespace Wye.Learning.Training.Heads;

/// <summary>Low-rank model of who answers what correctly: score ≈ level of the column + u(question) · v(column).</summary>
/// <remarks>
/// u's leading direction is "how hard is this question"; all models' answers inform it. Alternating ridge regressions
/// (Koren, Bell, Volinsky, "Matrix factorization techniques for recommender systems", 2009).
/// </remarks>
internal sealed class ResponseFactors
{
    private const int Rounds = 12;
    private const double ColumnRidge = 10;

    /// <summary>Number of directions.</summary>
    public required int Rank { get; init; }

    /// <summary>Question directions, zero for questions without answers. [groups × rank].</summary>
    public required float[] Questions { get; init; }

    /// <summary>Reliability 0..1 of a question's directions; more answers, more reliable.</summary>
    public required float[] Reliability { get; init; }

    /// <summary>Column loadings and, last, the column's level. [columns × (rank + 1)].</summary>
    public required float[] Columns { get; init; }

    /// <summary>Expected score of a column on a question, 0..1.</summary>
    public float Expect(int group, int column)
    {
        ReadOnlySpan<float> v = Columns.AsSpan(column * (Rank + 1), Rank + 1);
        return Math.Clamp(Vectors.Dot(Questions.AsSpan(group * Rank, Rank), v[..Rank]) + v[Rank], 0, 1);
    }

    /// <summary>Fits with one column per model of each set.</summary>
    public static ResponseFactors Fit(Corpus corpus, ReadOnlySpan<int> items, int rank, float shrinkage, ulong seed)
    {
        int[] first = new int[corpus.Sets.Count + 1];
        for (int s = 0; s < corpus.Sets.Count; s++)
            first[s + 1] = first[s] + corpus.Sets[s].Models.Count;
        return Fit(corpus, items, rank, shrinkage, seed, first[^1], (set, model) => first[set] + model);
    }

    /// <summary>Fits on the answers to the given items only; <paramref name="columnOf"/> maps (set, model) to a column or −1.</summary>
    public static ResponseFactors Fit(
        Corpus corpus,
        ReadOnlySpan<int> items,
        int rank,
        float shrinkage,
        ulong seed,
        int columns,
        Func<int, int, int> columnOf
    )
    {
        var cells = new List<(int Group, int Column, float Score)>();
        foreach (int item in items)
        {
            int set = corpus.SetOf(item);
            for (int m = 0; m < corpus.Sets[set].Models.Count; m++)
            {
                float score = corpus.Sets[set].Score(item - corpus.Offsets[set], m);
                int column = columnOf(set, m);
                if (column >= 0 && !float.IsNaN(score))
                    cells.Add((corpus.Groups[item], column, score));
            }
        }

        int groups = 0;
        foreach (int g in corpus.Groups)
            groups = Math.Max(groups, g + 1);
        int full = rank + 1;
        SparseRows byGroup = SparseRows.Of(cells.ConvertAll(c => (c.Group, c.Column, c.Score)), groups, columns);
        SparseRows byColumn = byGroup.Transpose();
        float[] v = Start(byColumn, rank, seed);
        float[] u = new float[groups * full];
        for (int g = 0; g < groups; g++)
            u[(g * full) + rank] = 1;
        for (int round = 0; round <= Rounds; round++)
        {
            SolveQuestions(byGroup, v, u, rank, shrinkage);
            if (round < Rounds)
                SolveColumns(byColumn, u, v, rank);
        }

        float[] reliability = new float[groups];
        float[] questions = new float[groups * rank];
        for (int g = 0; g < groups; g++)
        {
            int n = byGroup.IndexOf(g).Length;
            reliability[g] = n == 0 ? 0 : n / (n + (4 * shrinkage));
            u.AsSpan(g * full, rank).CopyTo(questions.AsSpan(g * rank));
        }

        return new ResponseFactors
        {
            Rank = rank,
            Questions = questions,
            Reliability = reliability,
            Columns = v,
        };
    }

    private static float[] Start(SparseRows byColumn, int rank, ulong seed)
    {
        var random = new Gaussian(seed);
        int full = rank + 1;
        float[] v = new float[byColumn.Rows * full];
        for (int c = 0; c < byColumn.Rows; c++)
        {
            for (int k = 0; k < rank; k++)
                v[(c * full) + k] = (k == 0 ? 0.4f : 0) + (0.1f * random.NextNormal());
            float sum = 0;
            foreach (float score in byColumn.ValueOf(c))
                sum += score;
            v[(c * full) + rank] = sum / Math.Max(1, byColumn.IndexOf(c).Length);
        }

        return v;
    }

    // The column's level is known while questions are solved for: it moves to the other side.
    private static void SolveQuestions(SparseRows byGroup, float[] v, float[] u, int rank, double ridge) =>
        ForEach(
            byGroup.Rows,
            rank,
            (row, a, b) =>
            {
                int full = rank + 1;
                Reset(a, b, rank, ridge);
                ReadOnlySpan<int> columns = byGroup.IndexOf(row);
                ReadOnlySpan<float> scores = byGroup.ValueOf(row);
                for (int e = 0; e < columns.Length; e++)
                {
                    ReadOnlySpan<float> x = v.AsSpan(columns[e] * full, full);
                    Add(a, b, x[..rank], scores[e] - x[rank]);
                }

                Write(a, b, rank, u.AsSpan(row * full, rank));
            }
        );

    private static void SolveColumns(SparseRows byColumn, float[] u, float[] v, int rank) =>
        ForEach(
            byColumn.Rows,
            rank + 1,
            (row, a, b) =>
            {
                int full = rank + 1;
                ReadOnlySpan<int> groups = byColumn.IndexOf(row);
                if (groups.Length == 0)
                    return;
                Reset(a, b, full, ColumnRidge);
                // The level is hardly penalised.
                a[(full * full) - 1] = 0.1;
                ReadOnlySpan<float> scores = byColumn.ValueOf(row);
                for (int e = 0; e < groups.Length; e++)
                    Add(a, b, u.AsSpan(groups[e] * full, full), scores[e]);
                Write(a, b, full, v.AsSpan(row * full, full));
            }
        );

    private static void ForEach(int rows, int size, Action<int, double[], double[]> solve) =>
        Parallel.For(
            0,
            (rows + 255) / 256,
            Threads.Options,
            block =>
            {
                double[] a = new double[size * size];
                double[] b = new double[size];
                for (int row = block * 256; row < Math.Min(rows, (block + 1) * 256); row++)
                    solve(row, a, b);
            }
        );

    private static void Reset(double[] a, double[] b, int size, double ridge)
    {
        Array.Clear(a);
        Array.Clear(b);
        for (int i = 0; i < size; i++)
            a[(i * size) + i] = ridge;
    }

    private static void Add(double[] a, double[] b, ReadOnlySpan<float> x, float y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            b[i] += x[i] * y;
            for (int j = 0; j <= i; j++)
                a[(i * x.Length) + j] += x[i] * x[j];
        }
    }

    private static void Write(double[] a, double[] b, int size, Span<float> to)
    {
        Cholesky.Factor(a, size);
        Cholesky.Solve(a, size, b);
        for (int i = 0; i < size; i++)
            to[i] = (float)b[i];
    }
}
