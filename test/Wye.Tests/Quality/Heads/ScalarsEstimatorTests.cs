using Wye.Signals.Features;

namespace Wye.Quality.Heads;

public sealed class ScalarsEstimatorTests
{
    [Fact]
    public void Estimate_ReadsTheScalarsAndNoLatentPosition_ByHand()
    {
        const int full = FeatureLayout.Scalars + 1;
        float[] weights = new float[2 * full];
        weights[(int)ScalarFeature.Length] = 2;
        weights[FeatureLayout.Scalars] = 0.25f;
        weights[full + (int)ScalarFeature.SystemLength] = -1;
        float[] dense = new float[3 + FeatureLayout.Scalars];
        dense.AsSpan(0, 3).Fill(100);
        dense[3 + (int)ScalarFeature.Length] = 0.1f;
        dense[3 + (int)ScalarFeature.SystemLength] = 0.5f;
        float[] heads = new float[2];

        new ScalarsEstimator { Weights = weights }.Estimate(
            new EncodedPrompt { Dense = dense },
            new EstimateScratch(),
            heads
        );

        heads[0].ShouldBe(0.45f, 1e-6f);
        heads[1].ShouldBe(-0.5f, 1e-6f);
    }
}
