using Wye.Hosting.Configuration.Problems;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Yaml;

public sealed class SampleTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void Sample_BuildsWithoutErrors()
    {
        var result = Load("wye.yaml", Today);

        result.Problems.Where(problem => problem.Severity == ConfigSeverity.Error).ShouldBeEmpty();
        var routing = result.Snapshot!.Routing;
        routing.Routes.Keys.Select(name => name.Value).ShouldBe(["auto", "extract", "europe"], ignoreOrder: true);
        routing.Aliases["default"].ShouldBe("auto");
        routing.Catalog.Tiers.Select(tier => tier.Name.Value).ShouldBe(["small", "medium", "large"]);
        routing.TimeZone.Id.ShouldBe("Europe/Berlin");
        result.Snapshot.Providers[new ProviderId("eu-host")].Headers["x-team"].ShouldBe("search");
    }

    [Fact]
    public void Demo_BuildsWithoutAnyProblemAlsoWhenItsModelsAreRetired()
    {
        var result = Load("demo.yaml", new DateOnly(2031, 1, 1));

        result.Problems.ShouldBeEmpty();
        var catalog = result.Snapshot!.Routing.Catalog;
        catalog.Models.Select(model => model.Id.Value).ShouldBe(["gpt-4o-mini", "gpt-4o", "claude-opus-4-5"]);
        catalog.Models.ShouldAllBe(model => model.RetiresOn == null);
        catalog.FindModel(new ModelId("gpt-4o-mini"))!.Price!.Input.ShouldBe(Usd.PerMillionTokens(0.15m));
        result
            .Snapshot.Providers[new ProviderId("sim")]
            .Provider.BaseUrl.ShouldBe(new Uri("http://127.0.0.1:4010/v1/"));
    }

    [Fact]
    public void Samples_HoldNoCredential()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.yaml"))
        {
            File.ReadAllText(file).ShouldNotContain("sk-");
        }
    }

    private static Hosting.Configuration.Resolving.BuildResult Load(string file, DateOnly today) =>
        YamlConfigLoader.LoadFile(
            Path.Combine(Repository.Root, "samples", file),
            TestSources.Usual,
            A.Registry(),
            today: today
        );
}
