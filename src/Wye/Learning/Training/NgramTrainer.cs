using Wye.Learning.Numerics;
using Wye.Quality;

namespace Wye.Learning.Training;

/// <summary>Trains the n-gram models of a group: its own heads, and the directions all models' answers share.</summary>
internal static class NgramTrainer
{
    /// <summary>Most directions own heads are kept in; more heads than that share them.</summary>
    public const int OwnDirections = 8;

    private const float Penalty = 12;
    private const int Steps = 8;

    /// <summary>Own and shared estimator.</summary>
    /// <param name="encoded">Questions.</param>
    /// <param name="rows">Items with targets.</param>
    /// <param name="all">Items whose answers inform the shared directions; a superset of <paramref name="rows"/>.</param>
    /// <param name="targets">Mixed targets by item.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="factors">Shared directions per question.</param>
    public static (NgramEstimator Own, NgramEstimator Shared) Fit(
        EncodedCorpus encoded,
        int[] rows,
        int[] all,
        float[] targets,
        int heads,
        ResponseFactors factors
    )
    {
        float[] mean = HeadTargets.MeanOf(targets, rows, heads);
        float[] basis = HeadBasis.Of(targets, rows, heads, OwnDirections);
        int own = basis.Length / heads;
        int width = (own + factors.Rank + 7) / 8 * 8;
        var rowSet = rows.ToHashSet();
        float[] y = new float[all.Length * width];
        float[] observed = new float[y.Length];
        float[] centred = new float[heads];
        for (int i = 0; i < all.Length; i++)
        {
            if (rowSet.Contains(all[i]))
            {
                for (int h = 0; h < heads; h++)
                    centred[h] = targets[(all[i] * heads) + h] - mean[h];
                for (int d = 0; d < own; d++)
                {
                    y[(i * width) + d] = Vectors.Dot(basis.AsSpan(d * heads, heads), centred);
                    observed[(i * width) + d] = 1;
                }
            }

            int group = encoded.Corpus.Groups[all[i]];
            for (int k = 0; k < factors.Rank; k++)
            {
                y[(i * width) + own + k] = factors.Questions[(group * factors.Rank) + k];
                observed[(i * width) + own + k] = factors.Reliability[group];
            }
        }

        SparseRows x = encoded.Hashed.Pick(all);
        float[] beta = SparseRidge.Fit(x, x.Transpose(), y, observed, width, Penalty, Steps);
        return (
            new NgramEstimator
            {
                Name = "ngram",
                Directions = own,
                Weights = Columns(beta, width, 0, own),
                Loadings = OwnLoadings(basis, mean, own, heads),
            },
            new NgramEstimator
            {
                Name = "shared",
                Directions = factors.Rank,
                Weights = Columns(beta, width, own, factors.Rank),
                Loadings = SharedLoadings(encoded.Corpus, rows, targets, heads, factors),
            }
        );
    }

    private static float[] OwnLoadings(float[] basis, float[] mean, int own, int heads)
    {
        float[] loadings = new float[heads * (own + 1)];
        for (int h = 0; h < heads; h++)
        {
            for (int d = 0; d < own; d++)
                loadings[(h * (own + 1)) + d] = basis[(d * heads) + h];
            loadings[(h * (own + 1)) + own] = mean[h];
        }

        return loadings;
    }

    private static float[] SharedLoadings(Corpus corpus, int[] rows, float[] targets, int heads, ResponseFactors factors)
    {
        float[] u = new float[rows.Length * factors.Rank];
        for (int r = 0; r < rows.Length; r++)
            factors.Questions.AsSpan(corpus.Groups[rows[r]] * factors.Rank, factors.Rank).CopyTo(u.AsSpan(r * factors.Rank));
        return DenseRidge.Fit(u, rows.Length, factors.Rank, HeadTargets.Pick(targets, rows, heads), heads, 10);
    }

    private static float[] Columns(float[] beta, int width, int first, int count)
    {
        float[] columns = new float[beta.Length / width * count];
        for (int b = 0; b < beta.Length / width; b++)
            beta.AsSpan((b * width) + first, count).CopyTo(columns.AsSpan(b * count));
        return columns;
    }
}
