namespace Wye.Quality.Estimates;

/// <summary>A trained router's length heads as an estimator.</summary>
internal sealed class RouterLengths(RouterSnapshot router, LatentEstimator lengths) : IAnswerLengthEstimator
{
    // A head is a straight line in log space: far from what it was trained on it must not promise novels.
    private const float Least = 1;
    private const float Most = 16_384;

    /// <inheritdoc/>
    public IReadOnlyList<string> Models => router.Models;

    /// <inheritdoc/>
    public void Estimate(PromptScoring prompt, Span<float> tokens)
    {
        EncodedPrompt encoded = prompt.Encoded(router);
        lengths.Estimate(encoded, prompt.Scratch, tokens);
        for (int h = 0; h < tokens.Length; h++)
            tokens[h] = Math.Clamp(MathF.Exp(tokens[h]) - 1, Least, Most);
    }
}
