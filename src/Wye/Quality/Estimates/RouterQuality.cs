using Wye.Chat;
using Wye.Chat.Prompts;
using Wye.Quality.Routers;

namespace Wye.Quality.Estimates;

/// <summary>A trained router's quality heads as an estimator.</summary>
internal sealed class RouterQuality : IQualityEstimator
{
    private readonly RouterSnapshot _router;
    private readonly IPromptEncoder? _encoder;

    /// <summary>Takes a router that has quality heads.</summary>
    /// <param name="router">The router.</param>
    /// <param name="encoder">Encodes prompts for a router trained on outside embeddings; null = it needs none.</param>
    /// <exception cref="ArgumentException">It has no quality heads, or needs an encoder.</exception>
    public RouterQuality(RouterSnapshot router, IPromptEncoder? encoder = null)
    {
        if (router.Encoder.External is { } external && encoder is null)
            throw new ArgumentException(
                $"The router '{router.Name}' needs embeddings of {external.Model}.",
                nameof(encoder)
            );
        _encoder = router.Encoder.External is null ? null : encoder;
        if (router.Quality is null)
            throw new ArgumentException($"The router '{router.Name}' has no quality heads.", nameof(router));
        _router = router;
    }

    /// <inheritdoc/>
    public string Name => _router.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Models => _router.Models;

    /// <inheritdoc/>
    public ValueTask<PreparedPrompt?> PrepareAsync(ChatRequest request, CancellationToken cancellationToken) =>
        _encoder is null ? default : EncodeAsync(_encoder, request, cancellationToken);

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

    private static async ValueTask<PreparedPrompt?> EncodeAsync(
        IPromptEncoder encoder,
        ChatRequest request,
        CancellationToken cancellationToken
    )
    {
        var parts = new PromptParts();
        parts.Read(request);
        PromptVector vector = await encoder.EncodeAsync(parts.UserText, cancellationToken);
        return new PreparedPrompt
        {
            Encoder = encoder.Name,
            Embedding = vector.Values,
            Failure = vector.Failure,
        };
    }
}
