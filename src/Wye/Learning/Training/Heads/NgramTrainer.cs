using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Signals.Features;

namespace Wye.Learning.Training.Heads;

/// <summary>Trains the n-gram models of a group: its own heads, and the directions all models' answers share.</summary>
internal static class NgramTrainer
{
    /// <summary>Most directions own heads are kept in; more heads than that share them.</summary>
    public const int OwnDirections = NgramEstimator.Directions;

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
        float[] ownWeights = FitOwn(encoded, rows, targets, heads, mean, basis, own);
        float[] sharedWeights = FitShared(encoded, all, factors);
        return (
            NgramEstimator.Of("ngram", ownWeights, OwnLoadings(basis, mean, own, heads), own),
            NgramEstimator.Of(
                "shared",
                // Words only.
                sharedWeights.AsSpan(0, FeatureLayout.WordBuckets * factors.Rank),
                SharedLoadings(encoded.Corpus, rows, targets, heads, factors),
                factors.Rank
            )
        );
    }

    private static float[] FitOwn(
        EncodedCorpus encoded,
        int[] rows,
        float[] targets,
        int heads,
        float[] mean,
        float[] basis,
        int own
    )
    {
        float[] y = new float[rows.Length * own];
        float[] observed = new float[y.Length];
        Array.Fill(observed, 1);
        float[] centred = new float[heads];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int h = 0; h < heads; h++)
                centred[h] = targets[(rows[i] * heads) + h] - mean[h];
            for (int d = 0; d < own; d++)
                y[(i * own) + d] = Vectors.Dot(basis.AsSpan(d * heads, heads), centred);
        }

        SparseRows x = encoded.Hashed.Pick(rows);
        return SparseRidge.Fit(x, x.Transpose(), y, observed, own, Penalty, Steps);
    }

    private static float[] FitShared(EncodedCorpus encoded, int[] all, ResponseFactors factors)
    {
        int rank = factors.Rank;
        float[] y = new float[all.Length * rank];
        float[] observed = new float[y.Length];
        for (int i = 0; i < all.Length; i++)
        {
            int group = encoded.Corpus.Groups[all[i]];
            factors.Questions.AsSpan(group * rank, rank).CopyTo(y.AsSpan(i * rank));
            observed.AsSpan(i * rank, rank).Fill(factors.Reliability[group]);
        }

        // Words only: over all sets the character grams would cost more than they tell.
        SparseRows x = encoded.Words.Pick(all);
        return SparseRidge.Fit(x, x.Transpose(), y, observed, rank, Penalty, Steps);
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

    private static float[] SharedLoadings(
        Corpus corpus,
        int[] rows,
        float[] targets,
        int heads,
        ResponseFactors factors
    )
    {
        float[] u = new float[rows.Length * factors.Rank];
        for (int r = 0; r < rows.Length; r++)
            factors
                .Questions.AsSpan(corpus.Groups[rows[r]] * factors.Rank, factors.Rank)
                .CopyTo(u.AsSpan(r * factors.Rank));
        return DenseRidge.Fit(u, rows.Length, factors.Rank, HeadTargets.Pick(targets, rows, heads), heads, 10);
    }
}
