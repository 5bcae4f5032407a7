using System.Globalization;
using Wye.Gateway.Http;
using Wye.Primitives;

namespace Wye.Gateway.Telemetry;

public sealed class DollarsTests
{
    [Theory]
    [InlineData(0, "0.000000")]
    [InlineData(1, "0.000000000001")]
    [InlineData(-1, "-0.000000000001")]
    [InlineData(1_500_000, "0.0000015")]
    [InlineData(1_000_000_000_000, "1.000000")]
    [InlineData(-12_345_678_000_000, "-12.345678")]
    [InlineData(long.MaxValue, "9223372.036854775807")]
    [InlineData(long.MinValue, "-9223372.036854775808")]
    public void Header_HasAtLeastSixDecimals_AndHidesNoPicoDollar(long pico, string text) =>
        WyeHeaders.Dollars(new Usd(pico)).ShouldBe(text);

    [Fact]
    public void Header_IsTheDecimalNumber()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var amount = new Usd(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(63));
            WyeHeaders
                .Dollars(amount)
                .ShouldBe(amount.ToDollars().ToString("0.000000######", CultureInfo.InvariantCulture));
        }
    }
}
