namespace Wye.Primitives.Randomness;

public sealed class SeededRandomSourceTests
{
    [Fact]
    public void SameSeed_GivesTheSameValuesWithinTheUnitInterval()
    {
        var (one, same, other) = (new SeededRandomSource(7), new SeededRandomSource(7), new SeededRandomSource(8));
        var first = Take(one);

        Take(same).ShouldBe(first);
        Take(other).ShouldNotBe(first);
        first.ShouldAllBe(value => value >= 0 && value < 1);
    }

    private static double[] Take(SeededRandomSource source) =>
        [.. Enumerable.Range(0, 100).Select(_ => source.NextDouble())];
}
