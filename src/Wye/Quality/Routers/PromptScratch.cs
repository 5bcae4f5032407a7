using Wye.Quality.Heads;
using Wye.Signals.Features;

namespace Wye.Quality.Routers;

/// <summary>Working memory of one decision, about 2 MB; not thread-safe, kept in a pool.</summary>
internal sealed class PromptScratch
{
    /// <summary>Largest dense width a router may have.</summary>
    public const int MostDense = EstimateScratch.Limit + FeatureLayout.Scalars;

    /// <summary>Features of the prompt read last.</summary>
    public FeatureVector Features { get; } = new();

    /// <summary>Dense part of the prompt read last.</summary>
    public float[] Dense { get; } = new float[MostDense];

    /// <summary>Working memory of the estimators.</summary>
    public EstimateScratch Estimates { get; } = new();
}
