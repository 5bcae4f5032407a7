using Wye.Learning.Numerics;

namespace Wye.Quality.Numerics;

public sealed class ByteDotsTests
{
    [Theory]
    [InlineData(1, 16, 2000)]
    [InlineData(5, 96, 2000)]
    [InlineData(5, 96, 127)]
    [InlineData(67, 128, 127)]
    [InlineData(9, 48, 127)]
    [InlineData(3, 17, 2000)]
    [InlineData(4, 7, 2000)]
    public void Fill_IsExact(int rows, int width, int largest)
    {
        var random = new Gaussian(3);
        sbyte[] points = [.. Enumerable.Range(0, rows * width).Select(_ => (sbyte)(random.NextBelow(255) - 127))];
        short[] with =
        [
            .. Enumerable.Range(0, width).Select(_ => (short)(random.NextBelow((2 * largest) + 1) - largest)),
        ];

        Same(points, with);
    }

    [Theory]
    [InlineData(127)]
    [InlineData(-127)]
    [InlineData(128)]
    [InlineData(-128)]
    [InlineData(short.MaxValue)]
    [InlineData(short.MinValue)]
    public void Fill_OfTheLargestNumbers_IsExact(short number)
    {
        sbyte[] points = [.. Enumerable.Range(0, 8 * 64).Select(i => (sbyte)(i < 4 * 64 ? 127 : -127))];

        Same(points, [.. Enumerable.Repeat(number, 64)]);
    }

    [Fact]
    public void Fill_OfTooFewRows_IsRefused() =>
        Should.Throw<ArgumentException>(() => ByteDots.Fill(new sbyte[32], new short[32], default, new int[2]));

    private static void Same(sbyte[] rows, short[] with)
    {
        int width = with.Length;
        int[] dots = new int[rows.Length / width];

        ByteDots.Fill(rows, with, ByteDots.Narrow(with, new sbyte[width]), dots);

        for (int r = 0; r < dots.Length; r++)
            dots[r].ShouldBe(Enumerable.Range(0, width).Sum(i => rows[(r * width) + i] * with[i]));
    }
}
