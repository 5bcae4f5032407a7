using Wye.Learning.Numerics;

namespace Wye.Quality.Numerics;

public sealed class LanesTests
{
    [Fact]
    public void AddScaled_OfBytes_AddsEveryNumber()
    {
        sbyte[] from = [1, -2, 3, -4, 5, -6, 7, -8, 127, -127, 9];
        float[] to = [.. Enumerable.Repeat(1f, from.Length)];

        Lanes.AddScaled(from, 0.5f, to);

        for (int i = 0; i < from.Length; i++)
            to[i].ShouldBe(1 + (0.5f * from[i]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(24)]
    [InlineData(61)]
    public void AddRows_AddsEveryRow(int width)
    {
        float[] from = [.. Enumerable.Range(0, 4 * width).Select(i => (float)i)];
        float[] to = [.. Enumerable.Repeat(1f, width)];

        Lanes.AddRows(from, [0, 2 * width, 5], to);

        for (int i = 0; i < width; i++)
            to[i].ShouldBe(1 + i + (2 * width) + i + 5 + i);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(4, 33)]
    [InlineData(6, 7)]
    [InlineData(11, 24)]
    public void Linears_AddEachRowsConstant(int rows, int width)
    {
        var random = new Gaussian(5);
        float[] weights = [.. Enumerable.Range(0, rows * (width + 1)).Select(_ => random.NextNormal())];
        float[] with = [.. Enumerable.Range(0, width).Select(_ => random.NextNormal())];
        float[] sums = new float[rows];

        Lanes.Linears(weights, with, sums);

        for (int r = 0; r < rows; r++)
        {
            double sum = weights[(r * (width + 1)) + width];
            for (int i = 0; i < width; i++)
                sum += (double)weights[(r * (width + 1)) + i] * with[i];
            sums[r].ShouldBe((float)sum, 1e-4f);
        }
    }

    [Fact]
    public void Linears_OfTooFewRows_IsRefused() =>
        Should.Throw<ArgumentException>(() => Lanes.Linears(new float[17], new float[8], new float[2]));

    [Fact]
    public void ByteMatrix_KeepsRowsWithinHalfAStep()
    {
        float[] values = [0.5f, -1f, 0.25f, 10f, 3f, -7f, 0, 0, 0];

        ByteMatrix matrix = ByteMatrix.Of(values, 3);

        for (int r = 0; r < 3; r++)
        {
            float[] row = new float[3];
            matrix.AddScaled(r, 1, row);
            for (int i = 0; i < 3; i++)
                row[i].ShouldBe(values[(r * 3) + i], 0.51f * Math.Max(matrix.Scales[r], 1e-6f) + 0.001f);
        }
    }
}
