using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Heads;

/// <summary>Linear model per head on the scalar features alone: what a prompt looks like, whatever it is about.</summary>
internal sealed class ScalarsEstimator : IHeadEstimator
{
    /// <inheritdoc/>
    public string Name => "scalars";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => field ??= [Name];

    /// <summary>Weights, constant last. [heads × (FeatureLayout.Scalars + 1)].</summary>
    public required float[] Weights { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads) =>
        Lanes.Linears(Weights, prompt.Dense[^FeatureLayout.Scalars..], heads);
}
