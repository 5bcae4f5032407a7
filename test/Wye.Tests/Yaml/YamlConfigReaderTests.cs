using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

public sealed class YamlConfigReaderTests
{
    [Fact]
    public void Read_KeepsEveryValueAsWritten()
    {
        var config = Read(
            """
            providers:
              host: { base_url: "http://localhost:8000/v1", region: eu, compliance: soc2, connect_timeout: 1500ms, headers: { x-a: b } }
            models:
              m: { deployments: [{ provider: host, upstream: u, weight: 0.5, order: 2, rpm: 1_000, tags: [a, b] }], context: 8192, max_output: 1024, price: { input: 0.15, output: 0.60, cache_read: 0.075 }, retires_on: 2027-01-14 }
            tiers: [{ name: small, models: m }]
            aliases: { x: m }
            routes:
              auto: { policy: static, quality: 0.85, step_kind_tiers: { tool-select: small }, timeouts: { total: 5m } }
            server: { port: "${PORT}", body_limit: 1MiB, time_zone: UTC }
            """
        );

        var provider = config.Providers.ShouldHaveSingleItem();
        provider.Name.ShouldBe("host");
        provider.Compliance.ShouldBe(["soc2"]);
        provider.ConnectTimeout.ShouldBe(TimeSpan.FromMilliseconds(1500));
        provider.Headers["x-a"].ShouldBe("b");
        var model = config.Models.ShouldHaveSingleItem();
        model.Price.ShouldBe(new PriceConfig(0.15m, 0.60m, 0.075m));
        model.RetiresOn.ShouldBe(new DateOnly(2027, 1, 14));
        var deployment = model.Deployments!.Value.ShouldHaveSingleItem();
        (deployment.Upstream, deployment.Weight, deployment.Order, deployment.Rpm).ShouldBe(("u", 0.5, 2, 1000));
        deployment.Tags.ShouldBe(["a", "b"]);
        config.Tiers.ShouldHaveSingleItem().Models.ShouldBe(["m"]);
        config.Aliases.ShouldBe([new AliasConfig("x", "m")]);
        var route = config.Routes.ShouldHaveSingleItem();
        route.Policies.ShouldBe(["static"]);
        route.Timeouts!.Total.ShouldBe(TimeSpan.FromMinutes(5));
        (config.Server!.Port, config.Server.BodyLimit).ShouldBe((4321, 1024 * 1024));
    }

    [Theory]
    [InlineData("${PORT}", "4321")]
    [InlineData("a${PORT}b${PORT}", "a4321b4321")]
    [InlineData("${NOT_SET:-eu}", "eu")]
    [InlineData("${EMPTY_KEY:-eu}", "eu")]
    [InlineData("${NOT_SET:-}", "")]
    [InlineData("$${PORT}", "${PORT}")]
    [InlineData("costs $5", "costs $5")]
    public void Variable_IsPutIntoTheValue(string written, string expected) =>
        Read($"store: {{ path: \"{written}\" }}").Store!.Path.ShouldBe(expected);

    [Fact]
    public void Key_FromTheEnvironmentIsASecretAndNotLiteral()
    {
        var provider = Read("providers: { openai: { key: \"${OPENAI_API_KEY}\" } }").Providers[0];

        provider.Key!.Reveal().ShouldBe(TestSources.KeyValue);
        provider.KeyIsLiteral.ShouldBeFalse();
        provider.ToString().ShouldNotContain(TestSources.KeyValue);
    }

    [Fact]
    public void Key_FromAFileIsTrimmed() =>
        Read("providers: { openai: { key: { file: /run/secrets/openai } } }")
            .Providers[0]
            .Key!.Reveal()
            .ShouldBe(TestSources.KeyValue);

    [Fact]
    public void SecretFile_IsFoundBesideTheConfiguration() =>
        YamlConfigReader
            .Read("providers: { openai: { key: { file: keys/openai } } }", "/etc/wye/wye.yaml", TestSources.Usual)
            .Config!.Providers[0]
            .Key!.Reveal()
            .ShouldBe(TestSources.KeyValue);

    [Fact]
    public void Key_WrittenInTheFileIsMarkedLiteral() =>
        Read("providers: { openai: { key: abc } }").Providers[0].KeyIsLiteral.ShouldBeTrue();

    [Fact]
    public void Position_LeadsToTheValueAndElseToItsNearestAncestor()
    {
        var positions = Read("providers:\n  openai:\n    region: us\n").Positions;

        positions.Find("providers.openai.region").ShouldBe(new ConfigPosition(3, 13));
        positions.Find("providers.openai").ShouldBe(new ConfigPosition(2, 3));
        positions.Find("providers.openai.headers.x").ShouldBe(new ConfigPosition(2, 3));
        positions.Find("routes.auto").ShouldBe(new ConfigPosition(1, 1));
    }

    [Fact]
    public void Json_IsYamlToo() =>
        Read("""{"providers":{"openai":{"region":"us"}}}""").Providers[0].Region.ShouldBe("us");

    [Fact]
    public void ByteOrderMark_IsSkipped()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "store: { path: a }"u8];

        YamlConfigReader.Read(bytes, "wye.yaml", TestSources.Usual).Config!.Store!.Path.ShouldBe("a");
    }

    [Fact]
    public void InvalidUtf8_IsRefusedWithAWholeMessage() =>
        YamlConfigReader
            .Read([(byte)'a', 0xFF], "wye.yaml", TestSources.Usual)
            .Problems.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("wye.yaml: error: The file is not UTF-8 text. Save it as UTF-8.");

    [Fact]
    public void MissingFile_IsAProblemAndNoException() =>
        YamlConfigReader
            .ReadFile("/no/such/wye.yaml", TestSources.Usual)
            .Problems.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe(
                "/no/such/wye.yaml: error: The file does not exist. Check the path, or run `wye init` to write one."
            );

    [Fact]
    public void ManyProblems_EndWithOneThatSaysSo()
    {
        var yaml = string.Concat(Enumerable.Range(0, 500).Select(i => $"unknown{i}: 1\n"));

        var problems = YamlConfigReader.Read(yaml, "wye.yaml", TestSources.Usual).Problems;

        problems.Length.ShouldBe(YamlBounds.MaxProblems + 1);
        problems.ShouldContain(problem => problem.What == "There are more problems.");
    }

    private static WyeConfig Read(string yaml)
    {
        var result = YamlConfigReader.Read(yaml, "wye.yaml", TestSources.Usual);
        result.Problems.ShouldBeEmpty();
        return result.Config!;
    }
}
