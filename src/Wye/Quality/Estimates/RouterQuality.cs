using Wye.Chat;

namespace Wye.Quality.Estimates;

/// <summary>A trained router's quality heads as an estimator.</summary>
internal sealed class RouterQuality : IQualityEstimator
{
    private readonly RouterSnapshot _router;

    /// <summary>Takes a router that has quality heads.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public RouterQuality(RouterSnapshot router)
    {
        if (router.Quality is null)
            throw new ArgumentException($"The router '{router.Name}' has no quality heads.", nameof(router));
        _router = router;
    }

    /// <inheritdoc/>
    public string Name => _router.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Models => _router.Models;

    /// <inheritdoc/>
    public ValueTask<PreparedPrompt?> PrepareAsync(ChatRequest request, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public void Estimate(PromptScoring prompt, Span<QualityEstimate> estimates)
    {
        ReadOnlySpan<float> values = prompt.Qualities(_router);
        for (int h = 0; h < values.Length; h++)
        {
            estimates[h] = new QualityEstimate(
                Math.Clamp(values[h], 0, 1),
                prompt.Spread(_router, h),
                EstimateSource.Own
            );
        }
    }
}
