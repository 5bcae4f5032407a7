using System.Text.Json;

namespace Wye.Cli;

/// <summary><c>wye estimate</c>: a workflow priced before it runs.</summary>
public sealed class EstimateCommandTests
{
    private const string TwoSteps = """
        name: two
        runs: 10
        escalation: 0.5
        steps:
          - { name: sort, kind: classify, input: 1000, output: 100, calls: 2 }
          - { name: design, kind: design, input: 2000, output: 1000 }
        """;

    private static readonly string[] Tiers =
    [
        "--tier",
        "small=claude-haiku-4-5",
        "--tier",
        "medium=claude-sonnet-4-5",
        "--tier",
        "large=claude-opus-4-5",
    ];

    [Fact]
    public async Task Strategies_StandSideBySide_ExactInPicoDollars()
    {
        var json = await JsonAsync(TwoSteps);

        // haiku 1/5, sonnet 3/15, opus 5/25 USD per 1M tokens.
        const long haiku = (1_000 * 1_000_000L) + (100 * 5_000_000L);
        const long sonnet = (1_000 * 3_000_000L) + (100 * 15_000_000L);
        const long opus = (1_000 * 5_000_000L) + (100 * 25_000_000L);
        var sort = json.GetProperty("steps")[0];
        sort.GetProperty("tier").GetString().ShouldBe("small");
        Cost(sort, "tiers").ShouldBe(2 * haiku);
        Cost(sort, "static").ShouldBe(2 * sonnet);
        Cost(sort, "all_strong").ShouldBe(2 * opus);
        Cost(sort, "cascade").ShouldBe(2 * haiku);
        var (h, s, o) = (
            (2_000 * 1_000_000L) + 5_000_000_000L,
            (2_000 * 3_000_000L) + 15_000_000_000L,
            (2_000 * 5_000_000L) + 25_000_000_000L
        );
        var design = json.GetProperty("steps")[1];
        design.GetProperty("tier").GetString().ShouldBe("large");
        Cost(design, "tiers").ShouldBe(o);
        Cost(design, "cascade").ShouldBe(h + (s / 2) + (o / 4));
        Cost(design, "cascade_low").ShouldBe(h);
        Cost(design, "cascade_high").ShouldBe(h + s + o);
        Cost(json.GetProperty("run"), "tiers").ShouldBe((2 * haiku) + o);
        Cost(json.GetProperty("all_runs"), "tiers").ShouldBe(10 * ((2 * haiku) + o));
    }

    [Fact]
    public async Task JsonFiles_AreReadToo_AndWhatIsLeftOutIsAssumed()
    {
        var json = await JsonAsync("""{"steps":[{"kind":"extract","input":500}]}""", "flow.json");

        json.GetProperty("steps")[0].GetProperty("output").GetInt64().ShouldBe(200);
        json.GetProperty("steps")[0].GetProperty("name").GetString().ShouldBe("step 1");
    }

    [Fact]
    public async Task CachedTokens_HaveTheirOwnPrice()
    {
        var json = await JsonAsync("steps: [{ kind: classify, input: 1000, cached: 1000, output: 0 }]");

        Cost(json.GetProperty("run"), "tiers").ShouldBe(1_000 * 100_000L);
    }

    [Fact]
    public async Task TheSample_IsPriced_TierPerStepBelowAllStrong()
    {
        using var run = new CliRun();
        var sample = Path.Combine(Yaml(), "samples", "workflows", "refactor.yaml");

        (await run.RunAsync(["estimate", sample, .. Tiers])).ShouldBe(0, run.Error);

        run.Output.ShouldContain("refactor a codebase");
        run.Output.ShouldContain("classify the request");
        run.Output.ShouldContain("all strong");
        run.Output.ShouldContain("1,000 runs");
    }

    [Theory]
    [InlineData("steps: []", "A workflow has 1..1000 steps.")]
    [InlineData("steps: [{ kind: paint, input: 5 }]", "The step's kind is not known.")]
    [InlineData("steps: [{ kind: chat }]", "A step needs 'input'")]
    [InlineData("steps: [{ input: -1 }]", "'input' is a whole number")]
    [InlineData("steps: [{ input: 5, calls: 0 }]", "'calls' is a whole number in 1")]
    [InlineData("steps: [{ input: 5, cached: 6 }]", "'cached' is a part of 'input'.")]
    [InlineData("steps: [{ input: 5 }]\nescalation: 2", "'escalation' is a share")]
    [InlineData("steps: [{ input: 5, tokens: 6 }]", "tokens")]
    [InlineData("steps: [{ input: 5, escalation: 2 }]", "steps[0].escalation: 'escalation' is a share")]
    [InlineData("steps: [{ input: many }]", "'many' is not a whole number")]
    [InlineData("steps: [", "not valid YAML")]
    public async Task AFileThatCannotBeRead_IsToldWhereAndWhy(string text, string expected)
    {
        using var run = new CliRun();
        run.Write("flow.yaml", text);

        (await run.RunAsync(["estimate", "flow.yaml", .. Tiers])).ShouldNotBe(0);

        run.Error.ShouldContain("flow.yaml:");
        run.Error.ShouldContain(expected);
    }

    [Theory]
    [InlineData("steps: [{ kind: chat }]")]
    [InlineData("steps: [{ input: many }]")]
    [InlineData("steps: [{ input: [5] }]")]
    public async Task AStepThatCannotBeRead_IsToldOnce(string text)
    {
        using var run = new CliRun();
        run.Write("flow.yaml", text);

        (await run.RunAsync("estimate", "flow.yaml")).ShouldBe(ExitCodes.Failed);

        run.Error.Split("error:").Length.ShouldBe(2, run.Error);
    }

    [Fact]
    public async Task ATierThatIsNotThere_IsNamed()
    {
        using var run = new CliRun();
        run.Write("flow.yaml", "steps: [{ name: x, input: 5, tier: huge }]");

        (await run.RunAsync(["estimate", "flow.yaml", .. Tiers])).ShouldBe(ExitCodes.Usage);

        run.Error.ShouldContain("There is no tier 'huge' (step 'x'). There are: small, medium, large.");
    }

    private static async Task<JsonElement> JsonAsync(string workflow, string name = "flow.yaml")
    {
        using var run = new CliRun();
        run.Write(name, workflow);
        (await run.RunAsync(["estimate", name, .. Tiers, "--json"])).ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }

    private static long Cost(JsonElement part, string strategy) =>
        part.GetProperty("cost_picodollars").GetProperty(strategy).GetInt64();

    private static string Yaml()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Wye.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
