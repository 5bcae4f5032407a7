using Wye.Learning.Numerics;

namespace Wye.Learning.Training;

/// <summary>Low-rank model of who answers what correctly: score ≈ mean of the column + u(question) · v(column).</summary>
/// <remarks>
/// A column is one model in one set. u's first direction is "how hard is this question"; all models' answers inform it.
/// Alternating ridge regressions (Koren, Bell, Volinsky, "Matrix factorization techniques", 2009).
/// </remarks>
internal sealed class ResponseFactors
{
    /// <summary>Number of directions.</summary>
    public required int Rank { get; init; }

    /// <summary>Question directions, zero for questions without answers. [groups × rank].</summary>
    public required float[] Questions { get; init; }

    /// <summary>Reliability 0..1 of a question's directions: answers / (answers + shrinkage).</summary>
    public required float[] Reliability { get; init; }

    /// <summary>Column loadings. [columns × rank].</summary>
    public required float[] Columns { get; init; }

    /// <summary>Fits on the answers to the given items only.</summary>
    public static ResponseFactors Fit(
        Corpus corpus,
        ReadOnlySpan<int> items,
        int rank,
        float shrinkage,
        ulong seed,
        int rounds = 12
    )
    {
        var cells = new List<(int Group, int Column, float Score)>();
        int[] firstColumn = new int[corpus.Sets.Count + 1];
        for (int s = 0; s < corpus.Sets.Count; s++)
            firstColumn[s + 1] = firstColumn[s] + corpus.Sets[s].Models.Count;
        int columns = firstColumn[^1];
        double[] sum = new double[columns];
        int[] count = new int[columns];
        foreach (int item in items)
        {
            int set = corpus.SetOf(item);
            int row = item - corpus.Offsets[set];
            for (int m = 0; m < corpus.Sets[set].Models.Count; m++)
            {
                float score = corpus.Sets[set].Score(row, m);
                if (float.IsNaN(score))
                    continue;
                int column = firstColumn[set] + m;
                cells.Add((corpus.Groups[item], column, score));
                sum[column] += score;
                count[column]++;
            }
        }

        int groups = 0;
        foreach (int g in corpus.Groups)
            groups = Math.Max(groups, g + 1);
        var byGroup = Entries.By(cells.ConvertAll(c => (c.Group, c.Column, c.Score - Mean(c.Column))), groups);
        var byColumn = Entries.By(cells.ConvertAll(c => (c.Column, c.Group, c.Score - Mean(c.Column))), columns);
        var random = new Gaussian(seed);
        float[] v = new float[columns * rank];
        for (int i = 0; i < v.Length; i++)
            v[i] = (i % rank == 0 ? 0.4f : 0) + (0.1f * random.NextNormal());
        float[] u = new float[groups * rank];
        for (int round = 0; round < rounds; round++)
        {
            byGroup.SolveAll(v, u, rank, shrinkage);
            byColumn.SolveAll(u, v, rank, 10);
        }

        byGroup.SolveAll(v, u, rank, shrinkage);
        float[] reliability = new float[groups];
        for (int g = 0; g < groups; g++)
        {
            int n = byGroup.CountOf(g);
            reliability[g] = n == 0 ? 0 : n / (n + (4 * shrinkage));
        }

        return new ResponseFactors
        {
            Rank = rank,
            Questions = u,
            Reliability = reliability,
            Columns = v,
        };

        float Mean(int column) => (float)(sum[column] / Math.Max(1, count[column]));
    }

    private sealed class Entries(int[] start, int[] other, float[] value)
    {
        public int CountOf(int row) => start[row + 1] - start[row];

        public static Entries By(List<(int Row, int Other, float Value)> cells, int rows)
        {
            int[] start = new int[rows + 1];
            foreach (var cell in cells)
                start[cell.Row + 1]++;
            for (int r = 0; r < rows; r++)
                start[r + 1] += start[r];
            int[] next = start[..rows];
            int[] other = new int[cells.Count];
            float[] value = new float[cells.Count];
            foreach (var (row, o, x) in cells)
            {
                int at = next[row]++;
                other[at] = o;
                value[at] = x;
            }

            return new Entries(start, other, value);
        }

        public void SolveAll(float[] from, float[] to, int rank, float ridge) =>
            Parallel.For(
                0,
                (start.Length + 254) / 256,
                Threads.Options,
                block =>
                {
                    double[] a = new double[rank * rank];
                    double[] b = new double[rank];
                    for (int row = block * 256; row < Math.Min(start.Length - 1, (block + 1) * 256); row++)
                        Solve(row, a, b, from, to, rank, ridge);
                }
            );

        private void Solve(int row, double[] a, double[] b, float[] from, float[] to, int rank, float ridge)
        {
            Array.Clear(a);
            Array.Clear(b);
            for (int i = 0; i < rank; i++)
                a[(i * rank) + i] = ridge;
            for (int e = start[row]; e < start[row + 1]; e++)
            {
                ReadOnlySpan<float> x = from.AsSpan(other[e] * rank, rank);
                for (int i = 0; i < rank; i++)
                {
                    b[i] += x[i] * value[e];
                    for (int j = 0; j <= i; j++)
                        a[(i * rank) + j] += x[i] * x[j];
                }
            }

            Symmetric.Cholesky(a, rank);
            Symmetric.Solve(a, rank, b);
            for (int i = 0; i < rank; i++)
                to[(row * rank) + i] = (float)b[i];
        }
    }
}
