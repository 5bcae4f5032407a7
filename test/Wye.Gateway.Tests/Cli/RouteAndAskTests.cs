using System.Text.Json;
using Wye.Gateway;

namespace Wye.Cli;

public sealed class RouteAndAskTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Prompt = "Classify this ticket as bug or praise: it crashes.";

    [Fact]
    public async Task Route_ShowsModelReasonCandidatesAndPlanOfAPipedPrompt()
    {
        using var run = new CliRun { Piped = Prompt };
        Write(run);
        var billed = gateway.Simulator.Bill.Count;
        (await run.RunAsync("route")).ShouldBe(ExitCodes.Ok, run.Error);
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        lines[0].ShouldBe("gpt-4o-mini");
        run.Output.ShouldContain("classify");
        run.Output.ShouldContain("\nCandidates\n");
        run.Output.ShouldContain("\nPlan\n");

        lines.ShouldContain(line =>
            line.StartsWith("claude-opus-4-5 ", StringComparison.Ordinal) && line.Contains("yes")
        );
        gateway.Simulator.Bill.Count.ShouldBe(billed, "deciding must not call");
    }

    [Fact]
    public async Task RouteForPrograms_IsTheGatewaysOwnDocument()
    {
        using var run = new CliRun();
        Write(run);
        (await run.RunAsync("route", Prompt, "--json")).ShouldBe(ExitCodes.Ok, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("model").GetString().ShouldBe("gpt-4o-mini");
        json.RootElement.GetProperty("plan").GetProperty("nodes").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Route_ToAnUnknownModelFailsAndSaysSo()
    {
        using var run = new CliRun();
        Write(run);
        (await run.RunAsync("route", Prompt, "--model", "nope")).ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("nope");
    }

    [Fact]
    public async Task Route_LeavesTheStoreThatTheConfigurationNamesAlone()
    {
        using var run = new CliRun();
        var store = Path.Combine(run.Folder, "own.db");
        run.Write("wye.yaml", $"{GatewayFixture.Config(gateway.Simulator.Address)}\nstore: {{ path: '{store}' }}\n");

        (await run.RunAsync("route", Prompt)).ShouldBe(ExitCodes.Ok, run.Error);
        File.Exists(store).ShouldBeFalse();
        (await run.RunAsync("route", Prompt)).ShouldBe(ExitCodes.Ok, run.Error);
    }

    [Fact]
    public async Task Ask_PutsTheAnswerOnOutputAndItsReasonOnError()
    {
        using var run = new CliRun();
        run.Environment["WYE_BASE_URL"] = new Uri(gateway.Host.Address, "v1").ToString();
        run.Environment["WYE_API_KEY"] = gateway.Key;
        (await run.RunAsync("ask", Prompt)).ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.Trim().ShouldNotBeEmpty();
        run.Error.ShouldContain("gpt-4o-mini · ");
        run.Error.ShouldContain("cost $0.0000");
    }

    [Fact]
    public async Task AskWithAWrongKey_FailsWithTheGatewaysWords()
    {
        using var run = new CliRun();
        (await run.RunAsync("ask", Prompt, "--url", gateway.Host.Address.ToString(), "--key", "wrong")).ShouldBe(
            ExitCodes.Failed
        );
        run.Error.ShouldStartWith("wye: ");
        run.Output.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task AskForPrograms_CarriesTextProvenanceAndExactCost()
    {
        using var run = new CliRun();
        run.Environment["WYE_API_KEY"] = gateway.Key;
        (await run.RunAsync("ask", Prompt, "--json", "--url", gateway.Host.Address.ToString())).ShouldBe(
            ExitCodes.Ok,
            run.Error
        );
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        json.RootElement.GetProperty("model").GetString().ShouldBe("gpt-4o-mini");
        json.RootElement.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        decimal.Parse(
                json.RootElement.GetProperty("cost_usd").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture
            )
            .ShouldBeGreaterThan(0);
    }

    private void Write(CliRun run) => run.Write("wye.yaml", GatewayFixture.Config(gateway.Simulator.Address));
}
