using System.Text.Json;

namespace Wye.Cli;

public sealed class PricesAndImportTests : IDisposable
{
    private const string Config = """
        providers:
          openai: { key: "${KEY}" }
        tiers:
          - { name: small, models: [gpt-5.4-nano] }
          - { name: large, models: [gpt-5.5] }
        """;

    private const string Prices = """
        {
          "gpt-5.4-nano": { "litellm_provider": "openai", "input_cost_per_token": 3e-07, "output_cost_per_token": 1.25e-06 },
          "gpt-5.5": { "litellm_provider": "openai", "input_cost_per_token": 5e-06, "output_cost_per_token": 3e-05 }
        }
        """;

    private readonly CliRun _run = new();

    public PricesAndImportTests() => _run.Environment["KEY"] = "k";

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task PricesCheck_ShowsWhatDiffersAndFails()
    {
        _run.Write("wye.yaml", Config);
        _run.Write("prices.json", Prices);

        (await _run.RunAsync("prices", "check", "prices.json")).ShouldBe(ExitCodes.Failed, _run.Error);

        _run.Output.ShouldContain("gpt-5.4-nano  openai    input  $0.20   $0.30");
        _run.Output.ShouldContain("2 compared, 1 differ, 0 not in the list.");
    }

    [Fact]
    public async Task PricesCheckForPrograms_IsOneJsonDocument()
    {
        _run.Write("wye.yaml", Config);
        _run.Write("prices.json", Prices);

        await _run.RunAsync("prices", "check", "prices.json", "--json");

        using var json = JsonDocument.Parse(_run.Output);
        var row = json.RootElement.GetProperty("differences").EnumerateArray().Single();
        row.GetProperty("model").GetString().ShouldBe("gpt-5.4-nano");
        row.GetProperty("listed_picodollars_per_token").GetInt64().ShouldBe(300_000);
    }

    [Fact]
    public async Task PricesImport_WritesASectionAfterWhichNothingDiffers()
    {
        _run.Write("wye.yaml", Config);
        _run.Write("prices.json", Prices);

        (await _run.RunAsync("prices", "import", "prices.json", "--out", "prices.yaml")).ShouldBe(ExitCodes.Ok);

        var section = await File.ReadAllTextAsync(
            Path.Combine(_run.Folder, "prices.yaml"),
            TestContext.Current.CancellationToken
        );
        _run.Write("wye.yaml", Config + "\n" + section);
        (await _run.RunAsync("prices", "check", "prices.json")).ShouldBe(ExitCodes.Ok, _run.Output);
    }

    [Fact]
    public async Task PricesCheck_OfAFileThatIsNoListSaysWhy()
    {
        _run.Write("prices.csv", "a,b\n1,2\n");

        (await _run.RunAsync("prices", "check", "prices.csv", "--all")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain("prices.csv: The price list is neither LiteLLM's JSON nor a CSV table");
    }

    [Fact]
    public async Task ImportLiteLlm_WritesAFileThatPassesTheCheck()
    {
        _run.Write(
            "config.yaml",
            "model_list: [{ model_name: cheap, litellm_params: { model: openai/gpt-5.4-nano, api_key: os.environ/KEY, max_budget: 5 } }]"
        );

        (await _run.RunAsync("import", "litellm", "config.yaml", "--out", "wye.yaml")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        _run.Error.ShouldContain("model_list[0].litellm_params.max_budget: Budgets are not carried.");
        (await _run.RunAsync("check")).ShouldBe(ExitCodes.Ok, _run.Output);
        (await _run.RunAsync("import", "litellm", "config.yaml", "--out", "wye.yaml")).ShouldBe(ExitCodes.Failed);
        (await _run.RunAsync("import", "litellm", "config.yaml", "--out", "none/wye.yaml")).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("'none/wye.yaml' cannot be written: there is no folder");
    }

    [Fact]
    public async Task Schema_IsPrintedAsOneJsonDocument()
    {
        (await _run.RunAsync("schema")).ShouldBe(ExitCodes.Ok);

        using var json = JsonDocument.Parse(_run.Output);
        json.RootElement.GetProperty("properties").TryGetProperty("providers", out _).ShouldBeTrue();
    }
}
