using System.Text.Json;

namespace Wye.Cli;

public sealed class ConfigurationCommandTests : IDisposable
{
    private const string Valid = """
        providers:
          openai: { key: "${KEY}" }
        tiers:
          - { name: small, models: [gpt-4o-mini] }
          - { name: large, models: [gpt-5.5] }
        """;

    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Check_AcceptsAValidFileAndCountsWhatItHolds()
    {
        _run.Environment["KEY"] = "sk-1";
        _run.Write("wye.yaml", Valid);
        (await _run.RunAsync("check")).ShouldBe(ExitCodes.Ok, _run.Output);
        _run.Output.ShouldContain("wye.yaml is valid: 1 provider, 2 deployments, 2 tiers, 1 route");
    }

    [Fact]
    public async Task Check_ShowsEveryErrorWithItsLineAndFails()
    {
        _run.Write("bad.yaml", Valid + "\nroutes:\n  auto: { polices: [static] }\n");
        (await _run.RunAsync("check", "bad.yaml")).ShouldBe(ExitCodes.Failed);
        var lines = _run.Output.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain(line =>
            line.StartsWith("bad.yaml:2:", StringComparison.Ordinal) && line.Contains("KEY is not set")
        );
        lines.ShouldContain(line =>
            line.StartsWith("bad.yaml:7:", StringComparison.Ordinal) && line.Contains("policies")
        );
        lines.ShouldContain(line => line.StartsWith("bad.yaml: 2 errors, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckForPrograms_IsOneJsonDocument()
    {
        _run.Write("wye.yaml", "providers: []");
        (await _run.RunAsync("check", "--json")).ShouldBe(ExitCodes.Failed);
        using var json = JsonDocument.Parse(_run.Output);
        json.RootElement.GetProperty("valid").GetBoolean().ShouldBeFalse();
        var problem = json.RootElement.GetProperty("problems")[0];
        problem.GetProperty("severity").GetString().ShouldBe("error");
        problem.GetProperty("line").GetInt32().ShouldBe(1);
        problem.GetProperty("fix").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Check_WithoutAFileIsAUsageError()
    {
        (await _run.RunAsync("check")).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("wye init");
    }

    [Fact]
    public async Task Init_WritesAFileThatPassesCheckAndHoldsNoKey()
    {
        _run.Environment["OPENAI_API_KEY"] = "sk-very-secret";
        (await _run.RunAsync("init")).ShouldBe(ExitCodes.Ok, _run.Error);
        var text = await File.ReadAllTextAsync(
            Path.Combine(_run.Folder, "wye.yaml"),
            TestContext.Current.CancellationToken
        );
        text.ShouldContain("${OPENAI_API_KEY}");
        text.ShouldNotContain("sk-very-secret");
        (await _run.RunAsync("check")).ShouldBe(ExitCodes.Ok, _run.Output);
    }

    [Fact]
    public async Task Init_OverwritesOnlyWhenForced()
    {
        _run.Environment["OPENAI_API_KEY"] = "sk-1";
        var path = _run.Write("wye.yaml", "mine");
        (await _run.RunAsync("init")).ShouldBe(ExitCodes.Failed);
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("mine");
        (await _run.RunAsync("init", "--force")).ShouldBe(ExitCodes.Ok);
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldStartWith(
            "# Wye configuration"
        );
    }

    [Fact]
    public async Task Models_ShowsTheModelsInForceWithTheirTiers()
    {
        _run.Environment["KEY"] = "sk-1";
        _run.Write("wye.yaml", Valid);
        (await _run.RunAsync("models", "--json")).ShouldBe(ExitCodes.Ok, _run.Error);
        using var json = JsonDocument.Parse(_run.Output);
        var models = json.RootElement.EnumerateArray().ToList();
        models.Select(model => model.GetProperty("id").GetString()).ShouldBe(["gpt-4o-mini", "gpt-5.5"]);
        models.Select(model => model.GetProperty("tier").GetString()).ShouldBe(["small", "large"]);
        models[0].GetProperty("input_picodollars_per_token").GetInt64().ShouldBe(150_000);
    }

    [Fact]
    public async Task Models_WritesAnUnknownPriceAsADashNeverAsZero()
    {
        (await _run.RunAsync("models", "--all")).ShouldBe(ExitCodes.Ok);
        var row = _run.Output.Split('\n').Single(line => line.StartsWith("kimi-k2.5 ", StringComparison.Ordinal));
        row.ShouldContain("–");
        row.ShouldNotContain("0.00");
    }
}
