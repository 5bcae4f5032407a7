using System.Numerics.Tensors;
using Wye.Quality.Numerics;

namespace Wye.Quality.Heads;

/// <summary>Cells of similar prompts with a mean per head; the nearest cells are mixed.</summary>
/// <remarks>Zhang et al., "Beyond GPT-5: Making LLMs cheaper and better via performance–efficiency optimised routing" (Avengers-Pro), 2025.</remarks>
internal sealed class ClustersEstimator : IHeadEstimator
{
    /// <summary>Cells mixed per prompt.</summary>
    public const int Mixed = 3;

    /// <inheritdoc/>
    public string Name => "clusters";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => field ??= [Name];

    /// <summary>Number of cells.</summary>
    public required int Cells { get; init; }

    /// <summary>Latent dimensions.</summary>
    public required int Width { get; init; }

    /// <summary>Unit-length centres. [cells × width].</summary>
    public required float[] Centres { get; init; }

    /// <summary>Mean per cell and head, shrunk to the head's global mean. [cells × heads].</summary>
    public required float[] Means { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        scratch.CellsKept = Nearest(prompt.Dense[..Width], scratch, scratch.Cells, scratch.CellWeights);
        CellMix mix = scratch.Mix;
        heads.Clear();
        RowSums.AddScaled(Means, mix.Cells, mix.Weights, heads);
    }

    /// <summary>Nearest cells with weights that sum to 1; returns how many.</summary>
    public int Nearest(ReadOnlySpan<float> latent, EstimateScratch scratch, Span<int> cells, Span<float> weights)
    {
        Span<float> scores = scratch.Scores.AsSpan(0, Cells);
        Lanes.Dots(Centres, latent, scores);
        TensorPrimitives.Divide(scores, RouterEncoder.LatentLength, scores);
        int kept = Math.Min(cells.Length, Cells);
        float sum = 0;
        float top = 0;
        for (int i = 0; i < kept; i++)
        {
            int best = TensorPrimitives.IndexOfMax<float>(scores);
            cells[i] = best;
            if (i == 0)
                top = scores[best];
            sum += weights[i] = MathF.Exp(10 * (scores[best] - top));
            scores[best] = float.MinValue;
        }

        for (int i = 0; i < kept; i++)
            weights[i] /= sum;
        return kept;
    }
}
