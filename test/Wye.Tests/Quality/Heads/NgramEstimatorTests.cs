namespace Wye.Quality.Heads;

public sealed class NgramEstimatorTests
{
    [Fact]
    public void Estimate_AddsWeightTimesValuePerHead()
    {
        // Two buckets, two directions; head 0 reads direction 0, head 1 twice direction 1 plus 0.5.
        NgramEstimator estimator = NgramEstimator.Of("ngram", [1f, 0.5f, -1f, 0.25f], [1f, 0, 0, 0, 2f, 0.5f], 2);
        var prompt = new EncodedPrompt { Index = [0, 1, 7], Value = [0.5f, 0.25f, 100f] };
        float[] heads = new float[2];

        estimator.Estimate(prompt, new EstimateScratch(), heads);

        heads[0].ShouldBe(0.25f, 0.01f);
        heads[1].ShouldBe(0.5f + (2 * ((0.5f * 0.5f) + (0.25f * 0.25f))), 0.01f);
    }
}
