using Wye.Learning.Numerics;

namespace Wye.Quality.Numerics;

public sealed class RowSumsTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(75)]
    [InlineData(5)]
    public void AddScaled_OfSeveralRows_AddsThemOneAfterAnother(int width)
    {
        var random = new Gaussian(7);
        float[] floats = [.. Enumerable.Range(0, 9 * width).Select(_ => random.NextNormal())];
        sbyte[] bytes = [.. Enumerable.Range(0, 9 * width).Select(_ => (sbyte)(random.NextBelow(255) - 127))];
        int[] rows = [8, 0, 3, 3];
        float[] factors = [0.5f, -2, 0.1f, 7];
        float[] expected = new float[width];
        float[] expectedOfBytes = new float[width];
        for (int r = 0; r < rows.Length; r++)
        {
            Lanes.AddScaled(floats.AsSpan(rows[r] * width, width), factors[r], expected);
            Lanes.AddScaled(bytes.AsSpan(rows[r] * width, width), factors[r], expectedOfBytes);
        }

        float[] sums = new float[width];
        float[] sumsOfBytes = new float[width];
        RowSums.AddScaled(floats, rows, factors, sums);
        RowSums.AddScaled(bytes, rows, factors, sumsOfBytes);

        // The order of sums decides a router's bytes.
        sums.ShouldBe(expected);
        sumsOfBytes.ShouldBe(expectedOfBytes);
    }

    [Fact]
    public void AddScaled_OfARowThatIsNotThere_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => RowSums.AddScaled(new float[16], [2], [1], new float[8]));
        Should.Throw<ArgumentOutOfRangeException>(() => RowSums.AddScaled(new sbyte[16], [2], [1], new float[8]));
    }
}
