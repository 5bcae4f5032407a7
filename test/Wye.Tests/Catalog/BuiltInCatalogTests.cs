using System.Text.RegularExpressions;
using Wye.Primitives;

namespace Wye.Catalog;

public sealed partial class BuiltInCatalogTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("claude-3-5-haiku", 0.80, 4)]
    [InlineData("claude-haiku-4-5", 1, 5)]
    [InlineData("claude-sonnet-4", 3, 15)]
    [InlineData("claude-sonnet-4-5", 3, 15)]
    [InlineData("claude-opus-4", 15, 75)]
    [InlineData("claude-opus-4-5", 5, 25)]
    [InlineData("gpt-4o-mini", 0.15, 0.60)]
    [InlineData("gpt-4o", 2.50, 10)]
    [InlineData("gpt-4-turbo", 10, 30)]
    [InlineData("o1", 15, 60)]
    [InlineData("gemini-2.0-flash", 0.10, 0.40)]
    [InlineData("gemini-2.5-flash", 0.30, 2.50)]
    [InlineData("gemini-2.5-pro", 1.25, 10)]
    [InlineData("llama-3-70b", 0, 0)]
    [InlineData("llama-3-8b", 0, 0)]
    public void Model_HasItsExactListPrice(string name, double input, double output)
    {
        var price = BuiltInCatalog.FindModel(name)!.Price!;

        price.Input.ShouldBe(Usd.PerMillionTokens((decimal)input));
        price.Output.ShouldBe(Usd.PerMillionTokens((decimal)output));
    }

    [Fact]
    public void CacheWritesOfClaude_CostAQuarterMoreThanInput()
    {
        var priced = BuiltInCatalog
            .Models.Where(model => model is { Maker: "anthropic", Id.Value: not "claude-3-haiku" })
            .ToList();

        priced.ShouldNotBeEmpty();
        foreach (var model in priced)
        {
            (model.Price!.CacheWrite!.Value * 4).ShouldBe(model.Price.Input * 5, model.Id.Value);
        }
    }

    [Fact]
    public void Table_HoldsAtLeast120ChatModelsThatAreServedToday() =>
        BuiltInCatalog
            .Models.Count(model => model.Kind == ModelKind.Chat && !(model.RetiresOn <= Today))
            .ShouldBeGreaterThanOrEqualTo(120);

    [Theory]
    [InlineData("openai", 20)]
    [InlineData("azure", 15)]
    [InlineData("anthropic", 10)]
    [InlineData("google", 5)]
    [InlineData("groq", 5)]
    [InlineData("mistral", 10)]
    [InlineData("deepseek", 1)]
    [InlineData("together", 15)]
    [InlineData("fireworks", 8)]
    [InlineData("openrouter", 30)]
    [InlineData("xai", 10)]
    [InlineData("ollama", 5)]
    public void Provider_ServesKnownModels(string provider, int least) =>
        BuiltInCatalog
            .Offers.Count(offer => offer.Provider == new ProviderId(provider) && !(offer.RetiresOn <= Today))
            .ShouldBeGreaterThanOrEqualTo(least);

    [Fact]
    public void EmbeddingModels_AreKnownWithTheirPrice()
    {
        var embeddings = BuiltInCatalog.Models.Where(model => model.Kind == ModelKind.Embedding).ToList();

        embeddings.Count.ShouldBeGreaterThanOrEqualTo(6);
        embeddings.ShouldAllBe(model => model.Price!.Output == Usd.Zero && model.MaxOutputTokens == 0);
        BuiltInCatalog.FindModel("text-embedding-3-large")!.Price!.Input.ShouldBe(Usd.PerMillionTokens(0.13m));
    }

    [Fact]
    public void LinesBesideListPrices_BelongToModelsWithOne_AndNameASourceWithItsDay()
    {
        var table = CatalogTable.Embedded("prices.csv");
        foreach (var model in PriceTable.Read(table).Models)
        {
            BuiltInCatalog.FindModel(model)?.Price.ShouldNotBeNull(model);
        }

        foreach (var source in table.Select(row => row.Required("source")))
        {
            Day().IsMatch(source).ShouldBeTrue(source);
        }
    }

    [Theory]
    [InlineData("gemini-2.5-pro", 200_000, "", 250_100_000_000)]
    [InlineData("gemini-2.5-pro", 200_001, "", 500_152_500_000)]
    [InlineData("gpt-5.4", 272_001, "", 1_360_230_000_000)]
    [InlineData("gpt-5.4", 272_001, "flex", 680_115_000_000)]
    [InlineData("gpt-5.4", 1_000, "priority", 5_300_000_000)]
    [InlineData("gpt-5.4", 1_000, "batch", 1_325_000_000)]
    [InlineData("grok-4.3", 199_999, "", 250_023_750_000)]
    [InlineData("grok-4.3", 200_000, "", 500_050_000_000)]
    public void StepsAndTiers_CostWhatTheirSourcesSay(string model, long prompt, string tier, long pico)
    {
        // With ten output tokens.
        var usage = new Usage
        {
            InputTokens = prompt,
            OutputTokens = 10,
            ServiceTier = ServiceTiers.Parse(tier),
        };

        BuiltInCatalog.FindModel(model)!.Price!.CostOf(usage).PicoDollars.ShouldBe(pico);
    }

    [Fact]
    public void HourWritesOfClaude_CostTwiceTheInput_AndSoundItsOwnPrice()
    {
        foreach (
            var model in BuiltInCatalog.Models.Where(model => model.Maker == "anthropic" && model.Price is not null)
        )
        {
            model.Price!.CacheWriteHour.ShouldBe(model.Price.Input * 2, model.Id.Value);
        }

        var sound = new Usage { AudioInputTokens = 1_000_000 };
        BuiltInCatalog.FindModel("gemini-2.5-flash")!.Price!.CostOf(sound).ShouldBe(Usd.FromDollars(1));
    }

    [Theory]
    [InlineData("m,fast,,1,2,,,,,,s 2026-01-01", "no service tier 'fast'")]
    [InlineData("m,batch,,,,,,,,,s 2026-01-01", "a step or tier of 'm' has no input and output price")]
    [InlineData("m,,,,,,,1,,,", "'source' is empty")]
    public void LineThatSaysNothing_IsRefused(string line, string expected)
    {
        const string header =
            "model,tier,above,input,output,cache_read,cache_write,cache_write_hour,audio_input,audio_output,source";

        Should
            .Throw<InvalidDataException>(() =>
                PriceTable.Read(new CatalogTable("prices.csv", $"{header}\n{line}")).Complete("m", Price.Free)
            )
            .Message.ShouldContain(expected);
    }

    [Fact]
    public void EveryModel_NamesASourceWithItsDay()
    {
        foreach (var model in BuiltInCatalog.Models)
        {
            Day().IsMatch(model.Source).ShouldBeTrue($"{model.Id}: {model.Source}");
        }
    }

    [Fact]
    public void EveryOwnPriceOfAnOffer_NamesASourceWithItsDay()
    {
        foreach (var offer in BuiltInCatalog.Offers.Where(offer => offer.OwnPrice is not null))
        {
            Day().IsMatch(offer.Source ?? "").ShouldBeTrue($"{offer.Model} at {offer.Provider}");
        }
    }

    [Fact]
    public void UnknownPrice_IsNullAndNotZero()
    {
        BuiltInCatalog.FindModel("deepseek-v4-pro")!.Price.ShouldBeNull();
        BuiltInCatalog.FindModel("llama-3.3-70b")!.Price.ShouldBeNull();
    }

    [Fact]
    public void FreePrice_BelongsToLocalModelsOnly()
    {
        var free = BuiltInCatalog.Models.Where(model => model.Price == Price.Free).Select(model => model.Id).ToList();

        free.ShouldNotBeEmpty();
        foreach (var offer in BuiltInCatalog.Offers)
        {
            var price = offer.OwnPrice ?? BuiltInCatalog.FindModel(offer.Model.Value)!.Price;
            if (price == Price.Free)
            {
                BuiltInCatalog.FindProvider(offer.Provider)!.Region.ShouldBe("local", offer.Model.Value);
            }
        }
    }

    [Fact]
    public void OpenWeights_CostWhatEachProviderAsks()
    {
        var model = new ModelId("llama-3.3-70b");

        BuiltInCatalog.FindOffer(model, new("groq"))!.OwnPrice!.Input.ShouldBe(Usd.PerMillionTokens(0.59m));
        BuiltInCatalog.FindOffer(model, new("together"))!.OwnPrice!.Input.ShouldBe(Usd.PerMillionTokens(0.88m));
        BuiltInCatalog.FindOffer(model, new("ollama"))!.OwnPrice.ShouldBe(Price.Free);
    }

    [Fact]
    public void EveryModel_IsServedBySomeKnownProvider()
    {
        foreach (var model in BuiltInCatalog.Models)
        {
            BuiltInCatalog.Offers.ShouldContain(offer => offer.Model == model.Id, model.Id.Value);
        }

        foreach (var offer in BuiltInCatalog.Offers)
        {
            BuiltInCatalog.FindModel(offer.Model.Value).ShouldNotBeNull(offer.Model.Value);
            BuiltInCatalog.FindProvider(offer.Provider).ShouldNotBeNull(offer.Provider.Value);
        }
    }

    [Fact]
    public void EveryModelThatTakesChat_HasLimitsAndATierOfTheThree()
    {
        foreach (var model in BuiltInCatalog.Models.Where(model => model.Kind != ModelKind.Embedding))
        {
            model.ContextTokens.ShouldBeGreaterThan(0);
            model.MaxOutputTokens.ShouldBeInRange(1, model.ContextTokens, model.Id.Value);
            model.Tier.Value.ShouldBeOneOf("small", "medium", "large");
            model.Capabilities.HasFlag(Capabilities.Streaming).ShouldBeTrue(model.Id.Value);
        }
    }

    [Fact]
    public void DatedName_LeadsToItsModel()
    {
        BuiltInCatalog.FindModel("gpt-4o-mini-2024-07-18")!.Id.ShouldBe(new ModelId("gpt-4o-mini"));
        BuiltInCatalog.FindModel("claude-opus-4-5-20251101")!.Id.ShouldBe(new ModelId("claude-opus-4-5"));
        BuiltInCatalog.Aliases["claude-3-5-haiku-20241022"].ShouldBe(new ModelId("claude-3-5-haiku"));
        BuiltInCatalog.FindModel("no-such-model").ShouldBeNull();
    }

    [Fact]
    public void RetiredModel_KeepsTheAnnouncedDay() =>
        BuiltInCatalog.FindModel("claude-sonnet-4")!.RetiresOn.ShouldBe(new DateOnly(2026, 6, 15));

    [Theory]
    [InlineData("openai", "https://api.openai.com/v1/", "OPENAI_API_KEY")]
    [InlineData("anthropic", "https://api.anthropic.com/v1/", "ANTHROPIC_API_KEY")]
    [InlineData("groq", "https://api.groq.com/openai/v1/", "GROQ_API_KEY")]
    public void Provider_HasItsAddressAndKeyVariable(string id, string url, string variable)
    {
        var facts = BuiltInCatalog.FindProvider(new ProviderId(id))!;

        facts.BaseUrl.ShouldBe(new Uri(url));
        facts.KeyVariables[0].ShouldBe(variable);
    }

    [Fact]
    public void EveryAddress_EndsInASlash()
    {
        foreach (var facts in BuiltInCatalog.Providers.Where(facts => facts.BaseUrl is not null))
        {
            facts.BaseUrl!.AbsoluteUri.ShouldEndWith("/");
        }
    }

    [Fact]
    public void Anthropic_IsCalledInItsOwnDialect_WhichWithholdsNothing()
    {
        var anthropic = BuiltInCatalog.FindProvider(new ProviderId("anthropic"))!;
        anthropic.Dialect.ShouldBe("anthropic");
        anthropic.Withheld.ShouldBe(Capabilities.None);
    }

    [Theory]
    [InlineData("id,input\na,1,2", "models.csv:2: 3 cells, the header has 2.")]
    [InlineData("# nothing", "models.csv: no header line.")]
    public void BrokenTable_IsRefusedWithItsLine(string text, string message) =>
        Should.Throw<InvalidDataException>(() => new CatalogTable("models.csv", text)).Message.ShouldBe(message);

    [Fact]
    public void PriceWithOnlyOneHalf_IsRefusedWithItsLine()
    {
        var table = new CatalogTable("t.csv", "input,output,cache_read,cache_write\n1,,,");

        Should
            .Throw<InvalidDataException>(() => table.Select(row => row.Price()).ToList())
            .Message.ShouldBe("t.csv:2: input and output price go together.");
    }

    [Fact]
    public void CapabilityNames_ReadBackEveryFlag()
    {
        var all = Enum.GetValues<Capabilities>().Aggregate((a, b) => a | b);

        CapabilityNames.ParseAll(CapabilityNames.Of(all)).ShouldBe(all);
        CapabilityNames.All.Count.ShouldBe(Enum.GetValues<Capabilities>().Length - 1);
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Day();
}
