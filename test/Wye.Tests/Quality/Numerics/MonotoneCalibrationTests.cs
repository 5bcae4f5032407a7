namespace Wye.Quality.Numerics;

public sealed class MonotoneCalibrationTests
{
    [Fact]
    public void Apply_MeetsItsKnotsAndIsStraightBetween()
    {
        for (int knots = 2; knots < 20; knots++)
        {
            float[] raw = [.. Enumerable.Range(0, knots).Select(k => (float)(k * k))];
            float[] calibrated = [.. Enumerable.Range(0, knots).Select(k => k / 32f)];
            var calibration = new MonotoneCalibration { Raw = raw, Calibrated = calibrated };
            for (int k = 0; k < knots - 1; k++)
            {
                calibration.Apply(raw[k]).ShouldBe(calibrated[k]);
                calibration.Apply((raw[k] + raw[k + 1]) / 2).ShouldBe((calibrated[k] + calibrated[k + 1]) / 2);
            }
        }
    }
}
