namespace Wye.Learning.Guarantee;

public sealed class ClopperPearsonTests
{
    [Theory]
    // Published: 0 of n has upper bound 1 − 0.05^(1/n); 5 of 10 one-sided 95 % upper bound .7776.
    [InlineData(0, 10, 0.95, 0.2588656)]
    [InlineData(0, 100, 0.95, 0.0295130)]
    [InlineData(5, 10, 0.95, 0.7775589)]
    [InlineData(10, 10, 0.95, 1.0)]
    public void Upper_MatchesPublishedValues(int hits, int trials, double confidence, double expected) =>
        ClopperPearson.Upper(hits, trials, confidence).ShouldBe(expected, 1e-5);

    [Fact]
    public void Cdf_SumsTheBinomial() =>
        // P(X ≤ 2), n = 4, p = ½: (1 + 4 + 6) / 16.
        ClopperPearson.Cdf(2, 4, 0.5).ShouldBe(11 / 16.0, 1e-9);

    [Fact]
    public void Cdf_OfManyTrials_StaysExact() => ClopperPearson.Cdf(500, 1000, 0.5).ShouldBe(0.5126125, 1e-6);
}
