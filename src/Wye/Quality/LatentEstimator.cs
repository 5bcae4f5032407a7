namespace Wye.Quality;

/// <summary>Linear model per head on latent position and scalars.</summary>
internal sealed class LatentEstimator : IHeadEstimator
{
    /// <inheritdoc/>
    public string Name => "latent";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => field ??= [Name];

    /// <summary>Weights, constant last. [heads × (dense width + 1)].</summary>
    public required float[] Weights { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        int full = prompt.Dense.Length + 1;
        for (int h = 0; h < heads.Length; h++)
            heads[h] = Lanes.Linear(Weights.AsSpan(h * full, full), prompt.Dense);
    }
}
