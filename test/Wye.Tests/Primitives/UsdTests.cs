using FsCheck;
using FsCheck.Fluent;

namespace Wye.Primitives;

public sealed class UsdTests
{
    [Theory]
    [InlineData("0.075", 75_000)]
    [InlineData("1", 1_000_000)]
    [InlineData("75", 75_000_000)]
    [InlineData("0.000001", 1)]
    public void PerMillionTokens_IsExact(string dollars, long pico) =>
        Usd.PerMillionTokens(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture))
            .PicoDollars.ShouldBe(pico);

    [Fact]
    public void PerMillionTokens_RefusesWhatIsFinerThanAPicoDollar() =>
        Should
            .Throw<ArgumentException>(() => Usd.PerMillionTokens(0.0000001m))
            .Message.ShouldStartWith("0.0000001 USD per 1M tokens is finer than a pico-dollar per token.");

    [Fact]
    public void FromDollars_TruncatesTowardsZero()
    {
        Usd.FromDollars(0.0000000000019m).PicoDollars.ShouldBe(1);
        Usd.FromDollars(-0.0000000000019m).PicoDollars.ShouldBe(-1);
        Usd.FromDollars(1.5m).PicoDollars.ShouldBe(1_500_000_000_000);
    }

    [Fact]
    public void FromDollars_OutOfRange_Throws() => Should.Throw<OverflowException>(() => Usd.FromDollars(10_000_000m));

    [Fact]
    public void Arithmetic_NeverWraps()
    {
        var most = new Usd(long.MaxValue);
        var least = new Usd(long.MinValue);

        Should.Throw<OverflowException>(() => most + new Usd(1));
        Should.Throw<OverflowException>(() => least - new Usd(1));
        Should.Throw<OverflowException>(() => most * 2);
        Should.Throw<OverflowException>(() => least * -1);
        (most + least).PicoDollars.ShouldBe(-1);
        (new Usd(3) * 1_000_000_000_000).PicoDollars.ShouldBe(3_000_000_000_000);
    }

    [Fact]
    public void Order_IsThatOfTheAmounts()
    {
        (new Usd(1) < new Usd(2)).ShouldBeTrue();
        (new Usd(2) <= new Usd(2)).ShouldBeTrue();
        (new Usd(-1) > new Usd(-2)).ShouldBeTrue();
        (new Usd(1) >= new Usd(2)).ShouldBeFalse();
        new[] { new Usd(3), new Usd(-1), new Usd(2) }.Max().ShouldBe(new Usd(3));
    }

    [Theory]
    [InlineData(0, "0.000000")]
    [InlineData(1_250_000_000, "0.001250")]
    [InlineData(499_999, "0.000000")]
    [InlineData(500_000, "0.000001")]
    [InlineData(-1, "0.000000")]
    [InlineData(-500_000, "-0.000001")]
    [InlineData(-1_000_000_000_000, "-1.000000")]
    [InlineData(long.MaxValue, "9223372.036855")]
    [InlineData(long.MinValue, "-9223372.036855")]
    public void ToString_RoundsForDisplayOnly(long pico, string text) => new Usd(pico).ToString().ShouldBe(text);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.000000000001", 1)]
    [InlineData("-0.000000000001", -1)]
    [InlineData("+2.50", 2_500_000_000_000)]
    [InlineData(".5", 500_000_000_000)]
    [InlineData("9223371.999999999999", 9_223_371_999_999_999_999)]
    public void TryParse_ReadsExactly(string text, long pico)
    {
        Usd.TryParse(text, out var amount).ShouldBeTrue();
        amount.PicoDollars.ShouldBe(pico);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("$1")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("0.0000000000001")]
    [InlineData("0.10000000000000000000000000000000001")]
    [InlineData("9223373")]
    [InlineData("99999999999999999999999999")]
    public void TryParse_RefusesWhatItCannotHoldExactly(string text)
    {
        Usd.TryParse(text, out var amount).ShouldBeFalse();
        amount.ShouldBe(Usd.Zero);
    }

    [Fact]
    public void TryParse_ReadsBackWhatDollarsPrint() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20_260_304, 7),
            Prop.ForAll(
                Gen.Choose(int.MinValue, int.MaxValue).Select(n => new Usd(n * 4_000_000_007L)).ToArbitrary(),
                usd =>
                {
                    var text = usd.ToDollars().ToString(System.Globalization.CultureInfo.InvariantCulture);
                    return Usd.TryParse(text, out var read) && read == usd;
                }
            )
        );

    [Fact]
    public void Cost_OfTokens_IsTheExactSumOfEachToken() =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20_260_304, 7),
            Prop.ForAll(
                Gen.Choose(0, 75_000_000).ToArbitrary(),
                Gen.Choose(0, 200).ToArbitrary(),
                (price, tokens) =>
                    new Usd(price) * tokens
                    == Enumerable.Repeat(new Usd(price), tokens).Aggregate(Usd.Zero, (sum, one) => sum + one)
            )
        );
}
