namespace Wye.Primitives;

public sealed class ProbabilityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Value_IsKept(double value) => new Probability(value).Value.ShouldBe(value);

    [Theory]
    [InlineData(-0.0001)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Value_OutsideItsRange_IsRefused(double value) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Probability(value));

    [Fact]
    public void Order_IsThatOfTheValues()
    {
        var (low, high) = (new Probability(0.2), new Probability(0.8));

        (low < high).ShouldBeTrue();
        (low > high).ShouldBeFalse();
        (low <= new Probability(0.2)).ShouldBeTrue();
        (low >= high).ShouldBeFalse();
        new[] { high, low }.Min().ShouldBe(low);
    }

    [Fact]
    public void ToString_HasAPointWhateverTheCulture() => new Probability(0.8567).ToString().ShouldBe("0.857");
}
