using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;

namespace Wye.Learning.Training.Heads;

/// <summary>Spherical k-means over latent positions, and what is built on the cells.</summary>
internal static class CellTrainer
{
    /// <summary>Fits centres on the given items and fills each cell's means.</summary>
    public static (ClustersEstimator Cells, int[] CellOf) Fit(
        EncodedCorpus encoded,
        int[] rows,
        float[] targets,
        int heads,
        int cells,
        ulong seed
    )
    {
        int width = encoded.Encoder.LatentWidth;
        cells = Math.Clamp(Math.Min(cells, rows.Length / 20), 1, EstimateScratch.Limit);
        var random = new Gaussian(seed);
        float[] centres = new float[cells * width];
        for (int c = 0; c < cells; c++)
            Latent(encoded, rows[random.NextBelow(rows.Length)]).CopyTo(centres.AsSpan(c * width));
        int[] cellOf = new int[rows.Length];
        for (int round = 0; round < 8; round++)
        {
            Assign(encoded, rows, centres, cells, width, cellOf);
            Array.Clear(centres);
            for (int r = 0; r < rows.Length; r++)
                Vectors.AddScaled(Latent(encoded, rows[r]), 1, centres.AsSpan(cellOf[r] * width, width));
            for (int c = 0; c < cells; c++)
            {
                Span<float> centre = centres.AsSpan(c * width, width);
                if (Vectors.Dot(centre, centre) == 0)
                    Latent(encoded, rows[random.NextBelow(rows.Length)]).CopyTo(centre);
                Vectors.Normalise(centre);
            }
        }

        Assign(encoded, rows, centres, cells, width, cellOf);
        var estimator = new ClustersEstimator
        {
            Cells = cells,
            Width = width,
            Centres = Rounding.ToHalf(centres),
            Means = GroupMeans(rows, cellOf, cells, targets, heads, 10),
        };
        return (estimator, cellOf);
    }

    /// <summary>Neighbour search over the same cells.</summary>
    public static NeighboursEstimator Neighbours(
        EncodedCorpus encoded,
        int[] rows,
        float[] targets,
        int heads,
        ClustersEstimator cells,
        int[] cellOf,
        int probes,
        params int[] neighbours
    )
    {
        int width = cells.Width;
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(r => cellOf[r])];
        int[] start = new int[cells.Cells + 1];
        foreach (int c in cellOf)
            start[c + 1]++;
        for (int c = 0; c < cells.Cells; c++)
            start[c + 1] += start[c];
        int[] sorted = Array.ConvertAll(order, r => rows[r]);
        float[] points = new float[rows.Length * width];
        for (int r = 0; r < sorted.Length; r++)
            Latent(encoded, sorted[r]).CopyTo(points.AsSpan(r * width));
        // A latent position is rarely longer than this in one direction; what is beyond is cut.
        const float unit = 0.6f * RouterEncoder.LatentLength / 127;
        sbyte[] rounded = new sbyte[points.Length];
        Lanes.Round(points, unit, rounded);
        sbyte[] near = new sbyte[rows.Length * heads];
        Lanes.Round(HeadTargets.Pick(targets, sorted, heads), 1f / 127, near);
        return new NeighboursEstimator
        {
            Neighbours = Array.ConvertAll(neighbours, k => Math.Min(k, EstimateScratch.Limit)),
            Probes = probes,
            Cells = cells,
            Start = start,
            Points = rounded,
            PointScale = unit,
            Targets = near,
            Means = HeadTargets.MeanOf(targets, rows, heads),
        };
    }

    /// <summary>Mean per group and head, shrunk to the overall mean by that many pseudo-examples.</summary>
    public static float[] GroupMeans(int[] rows, int[] groupOf, int groups, float[] targets, int heads, float pseudo)
    {
        float[] mean = HeadTargets.MeanOf(targets, rows, heads);
        float[] means = new float[groups * heads];
        int[] count = new int[groups];
        for (int r = 0; r < rows.Length; r++)
        {
            count[groupOf[r]]++;
            Vectors.AddScaled(targets.AsSpan(rows[r] * heads, heads), 1, means.AsSpan(groupOf[r] * heads, heads));
        }

        for (int g = 0; g < groups; g++)
        {
            for (int h = 0; h < heads; h++)
                means[(g * heads) + h] = (means[(g * heads) + h] + (pseudo * mean[h])) / (count[g] + pseudo);
        }

        return means;
    }

    /// <summary>The same with each group shrunk to its parent's mean, which is shrunk to the overall mean.</summary>
    public static float[] GroupMeans(
        int[] rows,
        int[] groupOf,
        int groups,
        int[] parentOf,
        int parents,
        float[] targets,
        int heads,
        float pseudo
    )
    {
        float[] above = GroupMeans(rows, parentOf, parents, targets, heads, pseudo);
        float[] means = new float[groups * heads];
        float[] count = new float[groups];
        for (int r = 0; r < rows.Length; r++)
        {
            // A group whose rows have several parents is shrunk to their mix.
            Span<float> to = means.AsSpan(groupOf[r] * heads, heads);
            count[groupOf[r]]++;
            Vectors.AddScaled(targets.AsSpan(rows[r] * heads, heads), 1, to);
        }

        float[] parentMeans = new float[groups * heads];
        for (int r = 0; r < rows.Length; r++)
        {
            int g = groupOf[r];
            Vectors.AddScaled(
                above.AsSpan(parentOf[r] * heads, heads),
                1 / count[g],
                parentMeans.AsSpan(g * heads, heads)
            );
        }

        for (int g = 0; g < groups; g++)
        {
            for (int h = 0; h < heads; h++)
                means[(g * heads) + h] =
                    (means[(g * heads) + h] + (pseudo * parentMeans[(g * heads) + h])) / (count[g] + pseudo);
        }

        return means;
    }

    private static ReadOnlySpan<float> Latent(EncodedCorpus encoded, int item) =>
        encoded.Dense.AsSpan(item * encoded.Width, encoded.Encoder.LatentWidth);

    private static void Assign(
        EncodedCorpus encoded,
        int[] rows,
        float[] centres,
        int cells,
        int width,
        int[] cellOf
    ) =>
        Parallel.For(
            0,
            (rows.Length + 255) / 256,
            Threads.Options,
            block =>
            {
                for (int r = block * 256; r < Math.Min(rows.Length, (block + 1) * 256); r++)
                {
                    ReadOnlySpan<float> latent = Latent(encoded, rows[r]);
                    float best = float.MinValue;
                    for (int c = 0; c < cells; c++)
                    {
                        float similarity = Vectors.Dot(centres.AsSpan(c * width, width), latent);
                        if (similarity > best)
                            (best, cellOf[r]) = (similarity, c);
                    }
                }
            }
        );
}
