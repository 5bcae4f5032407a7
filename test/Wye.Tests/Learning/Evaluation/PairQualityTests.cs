namespace Wye.Learning.Evaluation;

public sealed class PairQualityTests
{
    [Theory]
    [InlineData(0.5f, 0.6f, 0.3f, 0.4f, 0.7f)] // the mean stays
    [InlineData(0.5f, 0.6f, -0.1f, 0.6f, 0.5f)] // weak may be the better one
    [InlineData(0.9f, 1.0f, 0.4f, 0.6f, 1.0f)] // moved below 1, not cut
    [InlineData(0.0f, 0.1f, 0.4f, 0.0f, 0.4f)] // moved above 0
    [InlineData(0.5f, 0.5f, 2.0f, 0.0f, 1.0f)] // no gain is above 1
    public void Apart_KeepsTheGainWithinBounds(float weak, float strong, float gain, float newWeak, float newStrong)
    {
        (float w, float s) = PairQuality.Apart(weak, strong, gain);

        w.ShouldBe(newWeak, 1e-6f);
        s.ShouldBe(newStrong, 1e-6f);
    }

    [Fact]
    public void Aligned_PutsFoldsOfDifferentScaleInTheOrderOfTheirRanks()
    {
        // The second fold's router speaks ten times as loud.
        float[] gains = [0.1f, 0.2f, 0.3f, 1f, 2f, 3f];
        float[] ranks = [.. gains];
        FoldRank.Within(ranks, [0, 1, 2]);
        FoldRank.Within(ranks, [3, 4, 5]);

        float[] aligned = PairQuality.Aligned(gains, ranks);

        for (int i = 0; i < 3; i++)
            aligned[i].ShouldBe(aligned[i + 3]);
        aligned[0].ShouldBeLessThan(aligned[1]);
        aligned[1].ShouldBeLessThan(aligned[2]);
        aligned.ShouldAllBe(g => g >= 0.1f && g <= 3f);
    }

    [Fact]
    public void Aligned_OneFold_StaysAsItIs()
    {
        float[] gains = [0.4f, -0.1f, 0.2f];
        float[] ranks = [.. gains];
        FoldRank.Within(ranks, [0, 1, 2]);

        float[] aligned = PairQuality.Aligned(gains, ranks);

        for (int i = 0; i < gains.Length; i++)
            aligned[i].ShouldBe(gains[i], 1e-6f);
        PairQuality.Aligned([0.3f], [0.5f]).ShouldBe([0.3f]);
    }
}
