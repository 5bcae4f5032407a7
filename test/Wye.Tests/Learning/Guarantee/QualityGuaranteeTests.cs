using Wye.Learning.Numerics;

namespace Wye.Learning.Guarantee;

public sealed class QualityGuaranteeTests
{
    private static readonly float[] Grid = [.. Enumerable.Range(0, 41).Select(i => i / 40f), float.PositiveInfinity];

    [Theory]
    [InlineData(800, 0.95, 400)]
    [InlineData(400, 0.9, 400)]
    public void Promise_OverFiveHundredSplits_IsBrokenInAtMostSixPercent(int sampled, double share, int atLeast)
    {
        (float[] rate, float[] weak, float[] strong) = Traffic(20_000, 3);
        double[] kept = Array.ConvertAll(Grid, threshold => QualityShare(rate, weak, strong, threshold));
        var random = new Gaussian(11);
        int broken = 0;
        int achieved = 0;
        for (int split = 0; split < 500; split++)
        {
            int[] sample = [.. Enumerable.Range(0, sampled).Select(_ => random.NextBelow(rate.Length))];
            QualityGuarantee.Promise promise = QualityGuarantee.Find(
                Pick(rate, sample),
                Pick(weak, sample),
                Pick(strong, sample),
                share,
                0.95,
                Grid
            );
            if (!promise.Achieved)
                continue;
            achieved++;
            broken += kept[Array.IndexOf(Grid, promise.Threshold)] < share ? 1 : 0;
        }

        achieved.ShouldBeGreaterThanOrEqualTo(atLeast);
        broken.ShouldBeLessThanOrEqualTo(30);
    }

    [Fact]
    public void Promise_DoesNotDependOnTheOrderOfTheTestedNulls()
    {
        // Sorted by task, as files are: the first half never loses, the second always does.
        float[] rate = [.. Enumerable.Repeat(0.5f, 1000)];
        float[] weak = [.. Enumerable.Range(0, 1000).Select(i => i < 500 ? 1f : 0f)];
        float[] strong = [.. Enumerable.Repeat(1f, 1000)];

        QualityGuarantee.Find(rate, weak, strong, 0.95, 0.95).Achieved.ShouldBeFalse();
    }

    [Fact]
    public void Betting_AgainstATruth_WinsNoMoreOftenThanItsLevel()
    {
        var random = new Gaussian(29);
        int rejected = 0;
        for (int round = 0; round < 2000; round++)
        {
            // Mean exactly at the limit: the hardest true hypothesis.
            double[] values = [.. Enumerable.Range(0, 200).Select(_ => random.NextUniform() < 0.5 ? 1.0 : 0.0)];
            rejected += BettingTest.Rejects(values.Length, i => values[i], 0.5, 0.05) ? 1 : 0;
        }

        (rejected / 2000.0).ShouldBeLessThanOrEqualTo(0.05);
    }

    [Fact]
    public void Betting_AgainstAPlainLie_Wins() =>
        BettingTest.Rejects(200, i => i % 4 == 0 ? 1 : 0, 0.5, 0.05).ShouldBeTrue();

    [Fact]
    public void Promise_ThatNoThresholdKeeps_IsNotMade()
    {
        float[] rate = [.. Enumerable.Range(0, 400).Select(i => i / 400f)];
        float[] weak = new float[400];
        float[] strong = [.. Enumerable.Repeat(1f, 400)];

        QualityGuarantee.Find(rate, weak, strong, 0.999, 0.95).Achieved.ShouldBeFalse();
    }

    [Fact]
    public void Promise_WhenWeakIsAsGood_SendsNothingToStrong()
    {
        float[] rate = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];
        float[] right = [.. Enumerable.Repeat(1f, 1000)];

        QualityGuarantee.Promise promise = QualityGuarantee.Find(rate, right, right, 0.95, 0.95);

        promise.StrongShare.ShouldBe(0);
        promise.QualityShare.ShouldBe(1, 1e-9);
    }

    // A win rate that means what it says: weak fails with that probability.
    private static (float[] Rate, float[] Weak, float[] Strong) Traffic(int count, ulong seed)
    {
        var random = new Gaussian(seed);
        float[] rate = new float[count];
        float[] weak = new float[count];
        float[] strong = new float[count];
        for (int i = 0; i < count; i++)
        {
            rate[i] = (float)random.NextUniform();
            weak[i] = random.NextUniform() < 1 - (0.6 * rate[i]) ? 1 : 0;
            strong[i] = random.NextUniform() < 0.9 ? 1 : 0;
        }

        return (rate, weak, strong);
    }

    private static double QualityShare(float[] rate, float[] weak, float[] strong, float threshold)
    {
        double chosen = 0;
        for (int i = 0; i < rate.Length; i++)
            chosen += rate[i] >= threshold ? strong[i] : weak[i];
        return chosen / strong.Sum(s => (double)s);
    }

    private static float[] Pick(float[] from, int[] rows) => Array.ConvertAll(rows, r => from[r]);
}
