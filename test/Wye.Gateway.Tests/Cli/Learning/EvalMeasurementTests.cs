using Wye.Cli.Learning.Evaluations;

namespace Wye.Cli.Learning;

public sealed class EvalMeasurementTests
{
    private static readonly float[] Gains = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];

    [Theory]
    [InlineData(0.25, null, 0.75f)]
    [InlineData(0.25, 0.9f, 0.75f)]
    [InlineData(null, 0.9f, 0.9f)]
    [InlineData(null, null, 0.5f)]
    public void Threshold_OfWhatIsReworded_IsWhereTheChoicesAreShown(
        double? asked,
        float? calibrated,
        float expected
    ) => EvalMeasurement.ThresholdOf(Gains, asked, calibrated).ShouldBe(expected);
}
