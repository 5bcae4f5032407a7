using System.Numerics.Tensors;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Quality.Estimates;

/// <summary>A trained router's length heads as an estimator.</summary>
/// <remarks>
/// Heads learn from whatever sets a model was asked, and some sets want one letter: so no model is taken to be more than
/// twice as wordy, or half, as the (geometric) mean of all on the same prompt.
/// </remarks>
internal sealed class RouterLengths(RouterSnapshot router, LatentEstimator lengths) : IAnswerLengthEstimator
{
    // A head is a straight line in log space: far from what it was trained on it must not promise novels.
    private const float Least = 1;
    private const float Most = 16_384;
    private const float MostApart = 0.6931472f;

    /// <inheritdoc/>
    public IReadOnlyList<string> Models => router.Models;

    /// <inheritdoc/>
    public void Estimate(PromptScoring prompt, Span<float> tokens)
    {
        EncodedPrompt encoded = prompt.Encoded(router);
        lengths.Estimate(encoded, prompt.Scratch, tokens);
        float mean = TensorPrimitives.Sum<float>(tokens) / tokens.Length;
        for (int h = 0; h < tokens.Length; h++)
        {
            float log = Math.Clamp(tokens[h], mean - MostApart, mean + MostApart);
            tokens[h] = Math.Clamp(MathF.Exp(log) - 1, Least, Most);
        }
    }
}
