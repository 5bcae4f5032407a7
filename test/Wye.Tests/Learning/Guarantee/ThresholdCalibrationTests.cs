namespace Wye.Learning.Guarantee;

public sealed class ThresholdCalibrationTests
{
    private static readonly float[] Rates = [.. Enumerable.Range(0, 10).Select(i => i / 10f)];

    [Theory]
    [InlineData(0.3, 3)]
    [InlineData(0, 0)]
    [InlineData(1, 10)]
    public void StrongShare_IsMetOnTheSample(double share, int strong)
    {
        float threshold = ThresholdCalibration.ForStrongShare(Rates, share);

        Rates.Count(r => r >= threshold).ShouldBe(strong);
    }

    [Fact]
    public void Cost_BuysAsManyStrongCallsAsItPays()
    {
        double[] weak = [.. Enumerable.Repeat(1.0, 10)];
        double[] strong = [.. Enumerable.Repeat(11.0, 10)];

        // Each strong call adds 1 to the mean: a budget of 3.5 pays two and a half.
        float threshold = ThresholdCalibration.ForCost(Rates, weak, strong, 3.5);

        Rates.Count(r => r >= threshold).ShouldBe(2);
    }
}
