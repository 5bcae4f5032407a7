using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Quality.Estimates;

/// <summary>A pair's own gain head.</summary>
internal sealed class RouterPair(RouterSnapshot router, PairHeads pair) : IWinRateEstimator
{
    /// <inheritdoc/>
    public string Name => router.Name;

    /// <inheritdoc/>
    public string Weak => pair.Weak;

    /// <inheritdoc/>
    public string Strong => pair.Strong;

    /// <inheritdoc/>
    public PairEstimate Estimate(PromptScoring prompt)
    {
        Span<float> heads = stackalloc float[pair.Group.Heads];
        EncodedPrompt encoded = prompt.Encoded(router);
        pair.Group.Estimate(encoded, prompt.Scratch, heads);
        Span<float> spreads = stackalloc float[pair.Group.Heads];
        pair.Group.Spread(prompt.Scratch, spreads);
        return new PairEstimate(heads[0], spreads[0], IsGain: true);
    }
}
