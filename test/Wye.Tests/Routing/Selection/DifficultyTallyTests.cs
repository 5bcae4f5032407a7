namespace Wye.Routing.Selection;

public class DifficultyTallyTests
{
    [Theory]
    [InlineData("", new double[0])]
    [InlineData("a +0.10", new[] { 0.1 })]
    [InlineData("c +0.30, b -0.20, a +0.10", new[] { 0.1, -0.2, 0.3 })]
    [InlineData("d -0.40, b +0.30, c +0.20", new[] { 0.1, 0.3, 0.2, -0.4 })]
    [InlineData("a +0.20, b -0.20, c +0.20", new[] { 0.2, -0.2, 0.2, 0.2 })]
    [InlineData("b +0.10", new[] { 0, 0.1, 0 })]
    public void TheThreeLargest_AreWrittenLargestFirst_OfEqualOnesTheEarlier(string expected, double[] points)
    {
        var tally = new DifficultyTally();
        for (var i = 0; i < points.Length; i++)
        {
            tally.Add(((char)('a' + i)).ToString(), points[i]);
        }

        var line = new LineBuilder(stackalloc char[100]);
        tally.WriteBiggest(ref line);

        line.ToString().ShouldBe(expected);
        tally.Difficulty.ShouldBe(Math.Clamp(points.Sum(), 0, 1));
    }
}
