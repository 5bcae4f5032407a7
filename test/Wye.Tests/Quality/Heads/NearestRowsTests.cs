namespace Wye.Quality.Heads;

public sealed class NearestRowsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(30, 5, 100_000)]
    [InlineData(150, 3_000, 1_000_000)]
    [InlineData(150, 3_000, 3)]
    [InlineData(1024, 5_000, int.MaxValue)]
    [InlineData(10, 900, 1)]
    public void Rows_KeptAreTheMostSimilar_AndOfEqualsTheFirst(int most, int rows, int range)
    {
        var random = new Random(5);
        int[] similar = [.. Enumerable.Range(0, rows).Select(_ => random.Next(range) - (range / 2))];
        var nearest = new NearestRows();
        nearest.Start(most);
        for (int first = 0; first < rows; first += 37)
            nearest.Offer(similar.AsSpan(first, Math.Min(37, rows - first)), first);
        nearest.Finish();

        int[] expected = [.. Enumerable.Range(0, rows).OrderByDescending(r => similar[r]).Take(most).Order()];
        nearest.Rows.ToArray().ShouldBe(expected);
        nearest.Similar.ToArray().ShouldBe(expected.Select(r => similar[r]));
    }

    [Fact]
    public void Part_BringsTheMostSimilarToTheFront()
    {
        var nearest = new NearestRows();
        nearest.Start(6);
        nearest.Offer([5, 9, 1, 9, 7, 3], 10);
        nearest.Finish();

        nearest.Part(0, 2).ShouldBe(2);
        nearest.Rows[..2].ToArray().ShouldBe([11, 13]);
        nearest.Part(2, 2).ShouldBe(4);
        nearest.Rows[2..4].ToArray().Order().ShouldBe([10, 14]);
        nearest.Part(4, 100).ShouldBe(6);
    }
}
