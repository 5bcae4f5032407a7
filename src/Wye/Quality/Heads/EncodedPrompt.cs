namespace Wye.Quality.Heads;

/// <summary>A prompt as the estimators see it.</summary>
internal readonly ref struct EncodedPrompt
{
    /// <summary>Bucket numbers of the n-grams present: words before characters.</summary>
    public ReadOnlySpan<int> Index { get; init; }

    /// <summary>Scaled value per bucket; words and characters each have length 1.</summary>
    public ReadOnlySpan<float> Value { get; init; }

    /// <summary>Latent part, then scalars: [<see cref="RouterEncoder.LatentWidth"/> + FeatureLayout.Scalars].</summary>
    public ReadOnlySpan<float> Dense { get; init; }
}
