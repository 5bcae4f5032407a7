using Wye.Hosting.Configuration.Defaults;
using Wye.Primitives;

namespace Wye.Catalog.Prices;

public sealed class PriceListTests
{
    private const string Json = """
        {
          "sample_spec": { "input_cost_per_token": 0, "litellm_provider": "one of" },
          "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
            "output_cost_per_token": 0.00001, "cache_read_input_token_cost": 1.2500000000000003e-06 },
          "gemini/gemini-2.5-flash-lite": { "litellm_provider": "gemini", "input_cost_per_token": 1e-07, "output_cost_per_token": 4e-07 },
          "together_ai/Qwen/Qwen3.5-397B-A17B": { "litellm_provider": "together_ai", "input_cost_per_token": 7e-07, "output_cost_per_token": 3.6e-06 },
          "fireworks_ai/accounts/fireworks/models/deepseek-v4-pro": { "litellm_provider": "fireworks_ai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 },
          "no-price": { "litellm_provider": "openai", "mode": "chat" },
          "elsewhere": { "litellm_provider": "bedrock", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 }
        }
        """;

    private const string Csv = """
        model,provider,input_usd_per_mtok,output_usd_per_mtok,cache_read_usd_per_mtok,max_input_tokens,max_output_tokens,source
        gpt-4o,openai,2.5,10.0,1.25,128000,16384,list@2026-06-04
        gemini/gemini-2.5-flash-lite,gemini,0.1,0.4,,1048576,65535,list@2026-06-04
        """;

    [Fact]
    public void LiteLlmList_IsReadExactlyThroughItsFloatingPointNoise()
    {
        var list = PriceList.Parse(Json);

        list.Count.ShouldBe(4);
        var price = list.Find(new("openai"), "gpt-4o")!;
        price.Input.ShouldBe(Usd.PerMillionTokens(2.5m));
        price.Output.ShouldBe(Usd.PerMillionTokens(10));
        price.CacheRead.ShouldBe(Usd.PerMillionTokens(1.25m));
        price.CacheWrite.ShouldBeNull();
        list.Find(new("google"), "gemini-2.5-flash-lite")!.Output.ShouldBe(Usd.PerMillionTokens(0.4m));
    }

    [Fact]
    public void CsvTable_GivesTheSamePrices()
    {
        var list = PriceList.Parse(Csv);

        list.Count.ShouldBe(2);
        list.Find(new("openai"), "gpt-4o").ShouldBe(PriceList.Parse(Json).Find(new("openai"), "gpt-4o"));
    }

    [Theory]
    [InlineData("{ not json", "The price list is not JSON")]
    [InlineData("name,price\nx,1", "The price list is neither")]
    [InlineData("model,provider,input_usd_per_mtok,output_usd_per_mtok\na,b", "Line 2 of the price list has 2 cells")]
    public void BrokenList_IsRefusedWithAReason(string text, string message) =>
        Should.Throw<FormatException>(() => PriceList.Parse(text)).Message.ShouldStartWith(message);

    [Fact]
    public void Comparison_ShowsEachPriceThatDiffersAndNoOther()
    {
        var comparison = PriceComparison.Of(PricedOffer.BuiltIn(), PriceList.Parse(Json));

        comparison.Compared.ShouldBe(4);
        comparison
            .Differences.Select(row => $"{row.Offer.Model} {row.Offer.Provider} {row.Kind}")
            .ShouldBe(
                ["deepseek-v4-pro fireworks input", "deepseek-v4-pro fireworks output", "qwen3.5-397b together input"],
                ignoreOrder: true
            );
    }

    [Fact]
    public void UnknownPriceHere_IsADifferenceAndNotZero()
    {
        var offer = new PricedOffer(new("m"), new("openai"), "gpt-4o", null);

        var comparison = PriceComparison.Of([offer], PriceList.Parse(Csv));

        comparison.Differences.Select(row => row.Here).ShouldBe([null, null, null]);
    }

    [Fact]
    public void Overrides_KeepEveryProvidersOwnPrice()
    {
        var offers = PricedOffer.BuiltIn().Where(offer => offer.Model == new ModelId("qwen3.5-397b"));

        var yaml = PriceOverrides.Write(offers, PriceList.Parse(Json), "list.json")!;

        yaml.ShouldContain(
            "{ provider: together, upstream: Qwen/Qwen3.5-397B-A17B, price: { input: 0.7, output: 3.6 } }"
        );
        yaml.ShouldContain(
            "{ provider: openrouter, upstream: qwen/qwen3.5-397b-a17b, price: { input: 0.6, output: 3.6 } }"
        );
    }

    [Fact]
    public void Overrides_AreNothingWhereNothingDiffers() =>
        PriceOverrides.Write(PricedOffer.BuiltIn(), PriceList.Parse(Csv), "list.csv").ShouldBeNull();
}
