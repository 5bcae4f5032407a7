namespace Wye.Quality;

/// <summary>Similarity-weighted mean over the k most similar training prompts, found through an inverted file.</summary>
internal sealed class NeighboursEstimator : IHeadEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <summary>Neighbours taken, at most <see cref="EstimateScratch.Limit"/>.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Cells searched, nearest first; all when there are fewer.</summary>
    public required int Probes { get; init; }

    /// <summary>Cells of the inverted file; only centres are used.</summary>
    public required ClustersEstimator Cells { get; init; }

    /// <summary>First row of each cell, and one past the last.</summary>
    public required int[] Start { get; init; }

    /// <summary>Latent positions of the training prompts, ordered by cell. [rows × width], length <see cref="RouterEncoder.LatentLength"/>.</summary>
    public required float[] Points { get; init; }

    /// <summary>Targets in the same order. [rows × heads].</summary>
    public required float[] Targets { get; init; }

    /// <summary>Global mean per head, worth five neighbours.</summary>
    public required float[] Means { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        int width = Cells.Width;
        ReadOnlySpan<float> latent = prompt.Dense[..width];
        Span<int> cells = stackalloc int[Math.Min(Probes, 64)];
        Span<float> weights = stackalloc float[cells.Length];
        int probed = Cells.Nearest(latent, scratch, cells, weights);
        float[] near = scratch.Nearest;
        int[] rows = scratch.Rows;
        int count = 0;
        for (int c = 0; c < probed; c++)
        {
            for (int row = Start[cells[c]]; row < Start[cells[c] + 1]; row++)
            {
                float similarity = Lanes.Dot(Points.AsSpan(row * width, width), latent);
                if (count < Neighbours)
                    Push(near, rows, count++, similarity, row);
                else if (similarity > near[0])
                    Replace(near, rows, count, similarity, row);
            }
        }

        Mix(near, rows, count, heads);
    }

    private void Mix(float[] near, int[] rows, int count, Span<float> heads)
    {
        const float scale = 4 / (RouterEncoder.LatentLength * RouterEncoder.LatentLength);
        float top = 0;
        for (int i = 0; i < count; i++)
            top = Math.Max(top, near[i]);
        heads.Clear();
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            float weight = MathF.Max(MathF.Exp(scale * (near[i] - top)), 0.02f);
            sum += weight;
            Lanes.AddScaled(Targets.AsSpan(rows[i] * heads.Length, heads.Length), weight, heads);
        }

        float prior = count > 0 ? 5 * sum / count : 1;
        for (int h = 0; h < heads.Length; h++)
            heads[h] = (heads[h] + (prior * Means[h])) / (sum + prior);
    }

    private static void Push(float[] near, int[] rows, int at, float similarity, int row)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (near[parent] <= similarity)
                break;
            (near[at], rows[at]) = (near[parent], rows[parent]);
            at = parent;
        }

        (near[at], rows[at]) = (similarity, row);
    }

    private static void Replace(float[] near, int[] rows, int count, float similarity, int row)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count)
                break;
            if (child + 1 < count && near[child + 1] < near[child])
                child++;
            if (near[child] >= similarity)
                break;
            (near[at], rows[at]) = (near[child], rows[child]);
            at = child;
        }

        (near[at], rows[at]) = (similarity, row);
    }
}
