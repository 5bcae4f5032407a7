using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wye.Quality.Numerics;

namespace Wye.Quality.Heads;

/// <summary>Similarity-weighted mean over the most similar training prompts, found through an inverted file.</summary>
/// <remarks>One search serves several numbers of neighbours.</remarks>
internal sealed class NeighboursEstimator : IHeadEstimator
{
    /// <summary>Most cells searched.</summary>
    public const int MostProbes = 64;

    // Largest part of a position, in units of the points: a sum of products with any point fits in 32 bits.
    private const int Farthest = 2000;

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
        NearestRows nearest = scratch.Nearest;
        Search(prompt.Dense[..Cells.Width], scratch);
        int heads = estimates.Length / Neighbours.Length;
        Span<float> sums = estimates[^heads..];
        sums.Clear();
        int best = nearest.Count > 0 ? TensorPrimitives.Max(nearest.Similar) : 0;
        Span<float> weights = scratch.Scores.AsSpan(0, nearest.Count);
        float sum = 0;
        int at = 0;
        for (int part = 0; part < Neighbours.Length; part++)
        {
            int end = nearest.Part(at, Neighbours[part] - at);
            Weigh(nearest.Similar[at..end], best, weights[at..end]);
            foreach (float weight in weights[at..end])
                sum += weight;
            TensorPrimitives.Divide(weights[at..end], 127, weights[at..end]);
            RowSums.AddScaled(Targets, nearest.Rows[at..end], weights[at..end], sums);
            at = end;
            float prior = at > 0 ? 5 * sum / at : 1;
            Span<float> to = estimates.Slice(part * heads, heads);
            for (int h = 0; h < heads; h++)
                to[h] = (sums[h] + (prior * Means[h])) / (sum + prior);
        }
    }

    private void Weigh(ReadOnlySpan<int> similar, int best, Span<float> weights)
    {
        float scale = 4 / (RouterEncoder.LatentLength * RouterEncoder.LatentLength) * PointScale * PointScale;
        for (int i = 0; i < similar.Length; i++)
            weights[i] = scale * (similar[i] - best);
        TensorPrimitives.Exp(weights, weights);
        TensorPrimitives.Max(weights, 0.02f, weights);
    }

    // In units of the points; −2000..2000.
    private void Round(ReadOnlySpan<float> latent, Span<short> wanted)
    {
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= latent.Length - 16; i += 16)
            Vector256.Narrow(Eight(latent[i..]), Eight(latent[(i + 8)..])).CopyTo(wanted[i..]);
        for (; i < latent.Length; i++)
            wanted[i] = (short)Math.Clamp(MathF.Round(latent[i] / PointScale), -Farthest, Farthest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Eight(ReadOnlySpan<float> latent) =>
        Vector256.ConvertToInt32(
            Vector256.Clamp(
                Vector256.Round(Vector256.Create(latent) / PointScale),
                Vector256.Create(-(float)Farthest),
                Vector256.Create((float)Farthest)
            )
        );

    private void Search(ReadOnlySpan<float> latent, EstimateScratch scratch)
    {
        int width = Cells.Width;
        Span<int> cells = stackalloc int[Math.Min(Probes, MostProbes)];
        Span<float> weights = stackalloc float[cells.Length];
        int probed = Cells.Nearest(latent, scratch, cells, weights);
        Span<short> wanted = scratch.Wide.AsSpan(0, width);
        Round(latent, wanted);
        ReadOnlySpan<sbyte> narrow = ByteDots.Narrow(wanted, scratch.Narrow);
        scratch.Nearest.Start(Neighbours[^1]);
        Span<int> similar = stackalloc int[NearestRows.MostOffered];
        for (int c = 0; c < probed; c++)
        {
            int end = Start[cells[c] + 1];
            for (int first = Start[cells[c]]; first < end; first += similar.Length)
            {
                Span<int> block = similar[..Math.Min(similar.Length, end - first)];
                ByteDots.Fill(Points.AsSpan(first * width, block.Length * width), wanted, narrow, block);
                scratch.Nearest.Offer(block, first);
            }
        }

        scratch.Nearest.Finish();
    }
}
