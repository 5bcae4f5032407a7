namespace Wye.Quality;

/// <summary>Similarity-weighted mean over the most similar training prompts, found through an inverted file.</summary>
/// <remarks>One search serves several numbers of neighbours.</remarks>
internal sealed class NeighboursEstimator : IHeadEstimator
{
    /// <summary>Most cells searched.</summary>
    public const int MostProbes = 64;

    private const int Block = 64;

    /// <inheritdoc/>
    public string Name => "neighbours";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts =>
        field ??= Array.ConvertAll(Neighbours, k => FormattableString.Invariant($"neighbours{k}"));

    /// <summary>Numbers of neighbours, ascending, at most <see cref="EstimateScratch.Limit"/>; one estimate for each.</summary>
    public required int[] Neighbours { get; init; }

    /// <summary>Cells searched, nearest first; all when there are fewer.</summary>
    public required int Probes { get; init; }

    /// <summary>Cells of the inverted file; only centres are used.</summary>
    public required ClustersEstimator Cells { get; init; }

    /// <summary>First row of each cell, and one past the last.</summary>
    public required int[] Start { get; init; }

    /// <summary>Latent positions of the training prompts times 1 / <see cref="PointScale"/>, ordered by cell. [rows × width].</summary>
    public required sbyte[] Points { get; init; }

    /// <summary>Value of one unit of <see cref="Points"/>.</summary>
    public required float PointScale { get; init; }

    /// <summary>Targets times 127, in the same order. [rows × heads].</summary>
    public required sbyte[] Targets { get; init; }

    /// <summary>Global mean per head, worth five neighbours.</summary>
    public required float[] Means { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> estimates)
    {
        int count = Search(prompt.Dense[..Cells.Width], scratch);
        // Most similar first, so that every number of neighbours is a prefix.
        Span<int> distances = scratch.Nearest.AsSpan(0, count);
        for (int i = 0; i < count; i++)
            distances[i] = -distances[i];
        distances.Sort(scratch.Rows.AsSpan(0, count));
        int heads = estimates.Length / Neighbours.Length;
        Span<float> sums = estimates[^heads..];
        sums.Clear();
        float scale = 4 / (RouterEncoder.LatentLength * RouterEncoder.LatentLength) * PointScale * PointScale;
        float sum = 0;
        int at = 0;
        for (int part = 0; part < Neighbours.Length; part++)
        {
            int most = Math.Min(Neighbours[part], count);
            for (; at < most; at++)
            {
                float similar = scale * (distances[0] - distances[at]);
                float weight = MathF.Max(MathF.Exp(similar), 0.02f);
                sum += weight;
                Lanes.AddScaled(Targets.AsSpan(scratch.Rows[at] * heads, heads), weight / 127, sums);
            }

            float prior = at > 0 ? 5 * sum / at : 1;
            Span<float> to = estimates.Slice(part * heads, heads);
            for (int h = 0; h < heads; h++)
                to[h] = (sums[h] + (prior * Means[h])) / (sum + prior);
        }
    }

    // Keeps the most similar rows in a heap, least similar on top.
    private int Search(ReadOnlySpan<float> latent, EstimateScratch scratch)
    {
        int width = Cells.Width;
        Span<int> cells = stackalloc int[Math.Min(Probes, MostProbes)];
        Span<float> weights = stackalloc float[cells.Length];
        int probed = Cells.Nearest(latent, scratch, cells, weights);
        Span<short> wanted = scratch.Wide.AsSpan(0, width);
        for (int i = 0; i < width; i++)
            wanted[i] = (short)Math.Clamp(MathF.Round(latent[i] / PointScale), -2000, 2000);
        int most = Neighbours[^1];
        int[] near = scratch.Nearest;
        int[] rows = scratch.Rows;
        int count = 0;
        Span<int> similar = stackalloc int[Block];
        for (int c = 0; c < probed; c++)
        {
            int end = Start[cells[c] + 1];
            for (int first = Start[cells[c]]; first < end; first += Block)
            {
                Span<int> block = similar[..Math.Min(Block, end - first)];
                Lanes.Dots(Points.AsSpan(first * width, block.Length * width), wanted, block);
                for (int i = 0; i < block.Length; i++)
                {
                    if (count < most)
                        Push(near, rows, count++, block[i], first + i);
                    else if (block[i] > near[0])
                        Replace(near, rows, count, block[i], first + i);
                }
            }
        }

        return count;
    }

    private static void Push(int[] near, int[] rows, int at, int similarity, int row)
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

    private static void Replace(int[] near, int[] rows, int count, int similarity, int row)
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
