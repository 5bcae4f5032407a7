namespace Wye.Learning.Metrics;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Ece_IsComputedByHand()
    {
        // Two bins of 15: [.1, .1] with one success, [.9, .9] with two. |.5 − .1|·½ + |1 − .9|·½.
        CalibrationError error = CalibrationError.Of([0.1f, 0.1f, 0.9f, 0.9f], [0, 1, 1, 1]);

        error.Ece.ShouldBe(0.25, 1e-6);
        error.Brier.ShouldBe((0.01 + 0.81 + 0.01 + 0.01) / 4, 1e-6);
        error.Bins.Count.ShouldBe(2);
    }

    [Fact]
    public void Ece_OfPredictionsOutsideTheRange_ClipsThem() =>
        CalibrationError.Of([1.2f, -0.1f], [1, 0]).Ece.ShouldBe(0, 1e-6);
}
