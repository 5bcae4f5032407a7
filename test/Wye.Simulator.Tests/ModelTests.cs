using Wye.Simulator.Billing;
using Wye.Simulator.Models;

namespace Wye.Simulator;

public class ModelTests
{
    [Theory]
    [InlineData("gpt-4o-mini", 150_000, 600_000, 75_000)]
    [InlineData("gpt-4o", 2_500_000, 10_000_000, 1_250_000)]
    [InlineData("gpt-4-turbo", 10_000_000, 30_000_000, null)]
    [InlineData("o1", 15_000_000, 60_000_000, 7_500_000)]
    [InlineData("claude-3-5-haiku", 800_000, 4_000_000, 80_000)]
    [InlineData("claude-haiku-4-5", 1_000_000, 5_000_000, 100_000)]
    [InlineData("claude-sonnet-4", 3_000_000, 15_000_000, 300_000)]
    [InlineData("claude-sonnet-4-5", 3_000_000, 15_000_000, 300_000)]
    [InlineData("claude-opus-4", 15_000_000, 75_000_000, 1_500_000)]
    [InlineData("claude-opus-4-5", 5_000_000, 25_000_000, 500_000)]
    [InlineData("gemini-2.5-flash", 300_000, 2_500_000, 30_000)]
    [InlineData("gemini-2.5-pro", 1_250_000, 10_000_000, 125_000)]
    [InlineData("llama-3-8b", 0, 0, null)]
    [InlineData("llama-3-70b", 0, 0, null)]
    public void Price_IsExactInPicoDollars(string model, int input, int output, int? cacheRead)
    {
        var prices = BuiltInModels.All.Single(m => string.Equals(m.Name, model, StringComparison.Ordinal)).Prices;
        (prices.Input, prices.Output, prices.CacheRead).ShouldBe((input, output, (long?)cacheRead));
    }

    [Fact]
    public void Cost_AddsEachKindAtItsPrice()
    {
        var prices = TokenPrices.PerMillion(3m, 15m, .30m, 3.75m);
        new BilledTokens(1, 10, 100, 1_000, 7)
            .PicoUsd(prices)
            .ShouldBe(3_000_000 + 3_000_000 + 375_000_000 + 15_000_000_000);
    }

    [Fact]
    public void Cost_ThatDoesNotFit_IsAnError_NotANumber() =>
        Should.Throw<OverflowException>(() =>
            new BilledTokens(long.MaxValue / 2, 0, 0, 0, 0).PicoUsd(new TokenPrices(3, 0))
        );

    [Theory]
    [InlineData("-1")]
    [InlineData("0.0000001")]
    public void Price_ThatIsNotWholePicoDollars_IsRefused(string price) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            TokenPrices.PerMillion(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), 0m)
        );

    [Fact]
    public async Task OwnModels_ReplaceTheTable_AndBadOptionsAreRefused()
    {
        var own = new SimulatedModel
        {
            Name = "mine",
            Skill = 1,
            Prices = TokenPrices.Free,
        };
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Models = [own] });
        (await sim.JsonAsync(Sim.Chat("mine"))).TryGetProperty("usage", out _).ShouldBeTrue();
        (await sim.JsonAsync(Sim.Chat("gpt-4o"))).TryGetProperty("error", out _).ShouldBeTrue();
        (await sim.BillAsync()).ShouldHaveSingleItem().PicoUsd.ShouldBe(0);
        await Should.ThrowAsync<ArgumentException>(() => Sim.StartAsync(new SimulatorOptions { Models = [own, own] }));
        await Should.ThrowAsync<ArgumentException>(() =>
            Sim.StartAsync(new SimulatorOptions { LatencyScale = double.NaN })
        );
    }
}
