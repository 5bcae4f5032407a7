using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wye.Hosting.Configuration.Problems;
using Wye.Routing;

namespace Wye.Yaml.LiteLlm;

/// <summary>LiteLLM files of every sort, with what becomes of each in <c>*.imported.txt</c>. WYE_UPDATE_GOLDEN=1 rewrites those.</summary>
public sealed class LiteLlmImportTests
{
    private static readonly string[] Balancing =
    [
        "weighted",
        "priority",
        "lowest-latency",
        "lowest-cost",
        "least-busy",
        "rate-limit-headroom",
    ];

    public static TheoryData<string> Files => ["simple", "azure", "fallbacks", "anchors", "unsupported", "big"];

    [Theory]
    [MemberData(nameof(Files))]
    public void ImportedFile_PassesTheCheckAndIsWhatWasReviewed(string name)
    {
        var result = LiteLlmImport.Convert(File.ReadAllText(PathOf($"{name}.yaml")), Balancing);

        var text = new StringBuilder(result.Yaml).Append("--- notes ---\n");
        foreach (var note in result.Notes)
        {
            text.Append(note).Append('\n');
        }

        var expected = PathOf($"{name}.imported.txt");
        if (Environment.GetEnvironmentVariable("WYE_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(expected, text.ToString());
        }

        text.ToString().ShouldBe(File.ReadAllText(expected).ReplaceLineEndings("\n"));
        text.ToString().ShouldNotContain("must-not-be-copied");
        var built = Load(result.Yaml!);
        built
            .Problems.Where(problem => problem.Severity == ConfigSeverity.Error)
            .ShouldBeEmpty(string.Join('\n', built.Problems));
        built.Problems.ShouldNotContain(problem => problem.What.Contains("hides", StringComparison.Ordinal));
    }

    [Fact]
    public void Group_KeepsItsDeploymentsWeightsAndLimits()
    {
        var catalog = Import("azure").Routing.Catalog;

        var deployments = catalog.DeploymentsOf(new("gpt-4o"));
        deployments.Select(each => each.Weight).ShouldBe([600, 1200, 300]);
        deployments.Select(each => each.UpstreamName).ShouldBe(["gpt-4o-eu", "gpt-4o-us", "gpt-4o"]);
        deployments[0].Provider.BaseUrl.AbsoluteUri.ShouldStartWith("https://variable.example.com/openai/v1");
        deployments[0].Provider.Region.ShouldBe("eu");
        deployments[2].MaxInFlight.ShouldBe(20);
    }

    [Theory]
    [InlineData("litellm_settings: { request_timeout: 90 }", 90, "")]
    [InlineData("router_settings: { timeout: 90 }\nlitellm_settings: { request_timeout: 90 }", 90, "")]
    [InlineData(
        "router_settings: { timeout: 90 }\nlitellm_settings: { request_timeout: 60 }",
        90,
        "litellm_settings.request_timeout: Another key sets the same to 90, which stands."
    )]
    [InlineData(
        "litellm_settings: { timeout: 90, request_timeout: 60 }",
        90,
        "litellm_settings.request_timeout: Another key sets the same to 90, which stands."
    )]
    [InlineData(
        "router_settings: { timeout: never }\nlitellm_settings: { request_timeout: 60 }",
        60,
        "router_settings.timeout: 'never' is no number that Wye takes here."
    )]
    [InlineData(
        "router_settings: { num_retries: 1, timeout: 90 }\nlitellm_settings: { num_retries: 4 }",
        90,
        "litellm_settings.num_retries: Another key sets the same to 1, which stands."
    )]
    public void TimeLimit_ThatIsSetTwice_IsCarriedOnce_AndTheOtherNoted(string settings, int seconds, string note)
    {
        var result = LiteLlmImport.Convert(
            "model_list: [{ model_name: a, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/K } }]\n"
                + settings,
            Balancing
        );

        result.Yaml!.ShouldContain($"timeouts: {{ total: {seconds}s }}");
        string.Join('\n', result.Notes).ShouldBe(note);
    }

    [Fact]
    public void FallbacksOfAGroup_AreThoseOfItsRoute()
    {
        var routing = Import("fallbacks").Routing;

        var fast = routing.Routes[new("fast")];
        fast.Fallbacks.Select(model => model.Value).ShouldBe(["smart-pool", "spare"]);
        fast.ContextWindowFallbacks!.Value.Select(model => model.Value).ShouldBe(["long"]);
        routing.Routes[new("smart")].ContentPolicyFallbacks.Select(model => model.Value).ShouldBe(["spare"]);
        fast.Bounds.MaxFailureAttempts.ShouldBe(7);
        routing.Explicit.Fallbacks.Select(model => model.Value).ShouldBe(["spare"]);
        routing.Aliases["default"].ShouldBe("fast");
        routing.Aliases["hidden"].ShouldBe("smart");
        routing.Aliases.ContainsKey("lost").ShouldBeFalse();
    }

    [Fact]
    public void OwnCosts_BecomeExactPrices()
    {
        var house = Import("anchors").Routing.Catalog.DeploymentsOf(new("house-model"));

        house[0].Price!.Input.ShouldBe(Primitives.Usd.PerMillionTokens(0.15m));
        house[0].Price!.Output.ShouldBe(Primitives.Usd.PerMillionTokens(0.6m));
        house[1].Price.ShouldBeNull();
        house[0].TokensPerMinute.ShouldBe(100_000);
        house[1].Provider.BaseUrl.Host.ShouldBe("vllm-b.internal");
    }

    [Fact]
    public void GroupNamedLikeAnotherModel_HasTheFactsOfWhatItCalls()
    {
        var result = LiteLlmImport.Convert(
            "model_list: [{ model_name: gpt-4, litellm_params: { model: openai/gpt-5.4 } }]",
            Balancing
        );

        var model = Load(result.Yaml!).Snapshot!.Routing.Catalog.FindModel(new("gpt-4"))!;
        model.ContextTokens.ShouldBe(1_050_000);
        model.RetiresOn.ShouldBeNull();
    }

    [Fact]
    public void StrategyThatIsNotBuilt_IsReplacedAndNoted()
    {
        var result = LiteLlmImport.Convert(File.ReadAllText(PathOf("fallbacks.yaml")), ["weighted", "priority"]);

        result.Yaml!.ShouldContain("balancing: weighted");
        result.Notes.ShouldContain(note => note.Path == "router_settings.routing_strategy");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("model_list: 5")]
    [InlineData("model_list: [{}]")]
    [InlineData("a: &a [*a]\nmodel_list: *a")]
    [InlineData("model_list: [{ model_name: x, litellm_params: { model: [] } }]")]
    [InlineData("{")]
    public void FileThatIsNone_GivesNotesAndNoFile(string text)
    {
        var result = LiteLlmImport.Convert(text, Balancing);

        result.Yaml.ShouldBeNull();
        result.Notes.ShouldNotBeEmpty();
    }

    [Fact]
    public void AnyChangedFile_GivesAFileThatIsReadOrNone()
    {
        var texts = Files.Select(row => File.ReadAllText(PathOf($"{row.Data}.yaml"))).ToArray();
        var cases = Gen.Elements(texts)
            .Zip(Gen.Choose(0, 4_000))
            .Zip(Gen.Elements("{", "}", "*", "&a", "'", "\n", "0", "\t", ""));

        Prop.ForAll(
                cases.ToArbitrary(),
                pair =>
                {
                    var ((text, at), insert) = pair;
                    var where = Math.Min(at, text.Length);
                    var result = LiteLlmImport.Convert(text.Insert(where, insert), Balancing);
                    if (result.Yaml is { } yaml)
                    {
                        YamlConfigReader.Read(yaml, "wye.yaml", Sources).Config.ShouldNotBeNull();
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(11, 1));
    }

    private static Hosting.Configuration.Resolving.WyeSnapshot Import(string name) =>
        Load(LiteLlmImport.Convert(File.ReadAllText(PathOf($"{name}.yaml")), Balancing).Yaml!).Snapshot!;

    private static ConfigSources Sources { get; } =
        new(name => name.Contains("BASE", StringComparison.Ordinal) ? "https://variable.example.com" : "k", _ => null);

    [Fact]
    public void WrittenPrice_IsReadBackWhole()
    {
        var priced = Catalog
            .BuiltInCatalog.Models.Where(model => model is { Price: not null, Kind: Catalog.ModelKind.Chat })
            .ToList();
        priced.ShouldContain(model =>
            !model.Price!.Steps.IsEmpty && model.Price.Tiers.Any(tier => !tier.Price.Steps.IsEmpty)
        );
        var yaml = new System.Text.StringBuilder("providers: { openai: { key: \"${OPENAI_API_KEY}\" } }\nmodels:\n");
        for (var i = 0; i < priced.Count; i++)
        {
            var written = Hosting.Configuration.Defaults.PriceOverrides.Written(priced[i].Price!);
            yaml.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  m{i}: {{ tier: small, context: 9000, max_output: 100, price: {written}, deployments: [{{ provider: openai }}] }}\n"
            );
        }

        var catalog = Load(yaml.ToString()).Snapshot!.Routing.Catalog;

        for (var i = 0; i < priced.Count; i++)
        {
            catalog
                .FindModel(new($"m{i}"))!
                .Price!.Facts.Text.ShouldBe(priced[i].Price!.Facts.Text, priced[i].Id.Value);
        }
    }

    private static Hosting.Configuration.Resolving.BuildResult Load(string yaml) =>
        YamlConfigLoader.Load(
            yaml,
            "wye.yaml",
            Sources,
            new PolicyRegistry(BuiltInPolicies.Selection, BuiltInPolicies.Balancing),
            today: new DateOnly(2026, 11, 22)
        );

    private static string PathOf(string file) =>
        Path.Combine(Repository.Root, "test", "Wye.Tests", "Yaml", "LiteLlm", file);
}
