using Wye.Hosting.Configuration.Defaults;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Testing;
using Wye.Yaml;

namespace Wye.Hosting.Configuration;

public sealed class DefaultConfigTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void NoKeyAndNoOllama_GivesNothing()
    {
        DefaultConfig.FromEnvironment(_ => null, false, ["llama3:8b"], Today).ShouldBeNull();
        DefaultConfig.FromEnvironment(_ => "  ", true, [], Today).ShouldBeNull();
        DefaultConfig.NothingFound.ShouldBe(
            "No provider key is set (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, GOOGLE_API_KEY, GROQ_API_KEY, MISTRAL_API_KEY, DEEPSEEK_API_KEY, TOGETHER_API_KEY, FIREWORKS_API_KEY, OPENROUTER_API_KEY, XAI_API_KEY) and no Ollama with a model answers at http://localhost:11434/v1/. Set one of the keys, start Ollama, write a wye.yaml, or run `wye demo` to try Wye without any."
        );
    }

    [Fact]
    public void OneKey_GivesThreeTiersOfThatProvider()
    {
        var config = DefaultConfig.FromEnvironment(Only("OPENAI_API_KEY"), false, [], Today)!;

        config.Providers.Select(provider => provider.Name).ShouldBe(["openai"]);
        config.Tiers.Select(tier => tier.Name).ShouldBe(["small", "medium", "large"]);
        config.Routes.ShouldHaveSingleItem().Policies.ShouldBe(ConfigDefaults.AutoPolicies);
        Build(config).Routing.Catalog.Tiers.Length.ShouldBe(3);
    }

    [Fact]
    public void SecondKey_AddsItsModelsCheapestFirst()
    {
        var config = DefaultConfig.FromEnvironment(
            name => name is "OPENAI_API_KEY" or "ANTHROPIC_API_KEY" ? "k" : null,
            false,
            [],
            Today
        )!;

        config.Tiers[0].Models.ShouldBe(["gpt-6-luna", "claude-haiku-4-5"]);
        config.Tiers[2].Models.ShouldBe(["claude-opus-4-8", "gpt-5.5"]);
    }

    [Fact]
    public void ModelsThatRetireSoon_AreNotPicked()
    {
        // gpt-4.1-mini, the first of its tier, retires on 2027-01-14.
        var before = DefaultConfig.FromEnvironment(Only("OPENAI_API_KEY"), false, [], new(2026, 9, 15))!;
        var soon = DefaultConfig.FromEnvironment(Only("OPENAI_API_KEY"), false, [], new(2026, 9, 16))!;

        before.Tiers[0].Models.ShouldBe(["gpt-4.1-mini"]);
        soon.Tiers[0].Models.ShouldBe(["gpt-6-luna"]);
        Build(soon, new(2027, 1, 14)).Routing.Catalog.Tiers.Length.ShouldBe(3);
    }

    [Fact]
    public void EveryProviderOfTheTable_GivesAConfigurationThatBuilds()
    {
        foreach (var variable in DefaultConfig.KeyVariables)
        {
            if (DefaultConfig.FromEnvironment(Only(variable), false, [], Today) is { } config)
            {
                Build(config);
            }
            else
            {
                variable.ShouldBe("FIREWORKS_API_KEY", "it is the only one whose models the table does not know");
            }
        }
    }

    [Fact]
    public void LocalModels_AreFreeAndComeLast()
    {
        var config = DefaultConfig.FromEnvironment(
            Only("OPENAI_API_KEY"),
            true,
            ["llama3:8b", "llama3:latest", "qwen9:70b", "mystery:latest", "nomic-embed-text:latest", "bad name"],
            Today
        )!;

        config.Tiers[0].Models.ShouldBe(["gpt-6-luna", "llama3:8b", "llama3", "mystery"]);
        config.Tiers[1].Models.ShouldBe(["gpt-6-sol", "qwen9:70b"]);
        var catalog = Build(config).Routing.Catalog;
        catalog.FindDeployment(new("ollama/llama3:latest"))!.Price.ShouldBe(Catalog.Price.Free);
        catalog.FindModel(new("mystery"))!.ContextTokens.ShouldBe(DefaultConfig.UnknownLocalContext);
    }

    [Fact]
    public void KeyThatNoHeaderCanCarry_IsNotTaken() =>
        DefaultConfig.FromEnvironment(_ => "two\nlines", false, [], Today).ShouldBeNull();

    [Theory]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("GOOGLE_API_KEY")]
    public void WrittenFile_BuildsTheSameAndHoldsNoKey(string variable)
    {
        var environment = Only(variable);
        var config = DefaultConfig.FromEnvironment(environment, true, ["llama3:8b", "odd:name"], Today)!;

        var yaml = ConfigWriter.Write(config, environment);
        var read = YamlConfigLoader.Load(yaml, "wye.yaml", new ConfigSources(environment, _ => null), A.Registry());

        yaml.ShouldNotContain(KeyValue);
        yaml.ShouldContain($"${{{variable}}}");
        read.Problems.ShouldBeEmpty();
        var expected = Build(config).Routing.Catalog;
        read.Snapshot!.Routing.Catalog.Deployments.Select(Shape).ShouldBe(expected.Deployments.Select(Shape));
        read.Snapshot.Routing.Catalog.Tiers.Select(tier => string.Join(' ', tier.Models))
            .ShouldBe(expected.Tiers.Select(tier => string.Join(' ', tier.Models)));

        static string Shape(Catalog.Deployment deployment) =>
            $"{deployment.Id} {deployment.UpstreamName} {deployment.Price} {deployment.Model.ContextTokens}";
    }

    private const string KeyValue = "sk-test-default";

    private static Func<string, string?> Only(string variable) =>
        name => string.Equals(name, variable, StringComparison.Ordinal) ? KeyValue : null;

    private static WyeSnapshot Build(WyeConfig config, DateOnly? today = null)
    {
        var result = SnapshotBuilder.Build(config, A.Registry(), today: today);
        result.Problems.Where(problem => problem.Severity == ConfigSeverity.Error).ShouldBeEmpty();
        return result.Snapshot!;
    }
}
