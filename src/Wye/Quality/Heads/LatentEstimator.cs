using Wye.Quality.Numerics;

namespace Wye.Quality.Heads;

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
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads) =>
        Lanes.Linears(Weights, prompt.Dense, heads);
}
