using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Wye.Cli.Demo;

namespace Wye.Cli.Commands;

/// <summary><c>wye demo</c>: real HTTP, real routing, simulated models; what it costs and what it keeps.</summary>
internal static class DemoCommand
{
    /// <summary>Fast enough to watch, slow enough that a large model takes visibly longer.</summary>
    private const double LatencyScale = 0.05;

    private const int QuickEveryNth = 3;

    public static Command Create(CliContext context)
    {
        var once = new Option<bool>("--once") { Description = "Exit after the report instead of serving on." };
        var quick = new Option<bool>("--quick") { Description = "A third of the prompts, without simulated latency." };
        var json = CommonOptions.Json();
        json.Description += " Exits like --once.";
        var policy = new Option<string>("--policy")
        {
            Description = "Which policy is shown: heuristic, static, cascade or judge_router.",
            DefaultValueFactory = _ => DemoPolicies.Usual,
        };
        policy.AcceptOnlyFromAmong([.. DemoPolicies.All]);
        var command = new Command("demo", "Route sample prompts over HTTP to simulated models; needs no keys.")
        {
            once,
            quick,
            json,
            policy,
        };
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    once: parsed.GetValue(once) || parsed.GetValue(json),
                    parsed.GetValue(quick),
                    parsed.GetValue(json),
                    parsed.GetValue(policy)!,
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        bool once,
        bool quick,
        bool asJson,
        string policy,
        CancellationToken stop
    )
    {
        var route = DemoPolicies.RouteOf(policy);
        var terminal = context.Terminal;
        var prompts = DemoPrompts.Load();
        if (quick)
        {
            prompts = [.. prompts.Where((_, index) => index % QuickEveryNth == 0)];
        }

        await using var world = await DemoWorld.StartAsync(context, prompts, quick ? 0 : LatencyScale, route, stop);
        if (!asJson)
        {
            terminal.Line(
                $"{prompts.Length} prompts over HTTP to {new Uri(world.Gateway.Address, "v1")}; the models are simulated, the prices are real."
            );
        }

        ImmutableArray<DemoRow> rows = asJson
            ? await DemoRun.SendAsync(world, route, prompts, _ => { }, stop)
            : await DemoScreen.ShowAsync(
                terminal,
                prompts.Length,
                onRow => DemoRun.SendAsync(world, route, prompts, onRow, stop)
            );
        var beside = policy is DemoPolicies.Cascade or DemoPolicies.JudgeRouter
            ? await DemoRun.SendAsync(world, DemoPolicies.Static, prompts, _ => { }, stop)
            : [];
        var totals = DemoTotals.Of(rows, await LedgerSumAsync(world, stop), await BillSumAsync(world, stop)) with
        {
            Policy = policy,
            Beside = DemoBeside.Of(beside),
            Calls = DemoCalls.Of(rows),
        };
        if (asJson)
        {
            terminal.Json(json => DemoJson.Write(json, rows, totals));
        }
        else
        {
            DemoReport.Write(terminal, totals);
        }

        if (!once)
        {
            await ServeOnAsync(context, world, stop);
        }

        return totals.Balanced && totals.Failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task ServeOnAsync(CliContext context, DemoWorld world, CancellationToken stop)
    {
        var terminal = context.Terminal;
        var url = new Uri(world.Gateway.Address, "v1");
        terminal.Heading("The gateway serves on, with the simulated models behind it");
        terminal.Line($"  base URL  {url}");
        terminal.Line($"  key       {world.Gateway.FirstKey}");
        terminal.Line("  try       curl -si " + url + "/chat/completions \\");
        terminal.Line(
            $"              -H 'Authorization: Bearer {world.Gateway.FirstKey}' -H 'Content-Type: application/json' \\"
        );
        terminal.Line(
            "              -d '{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Prove that there is no largest prime.\"}]}'"
        );
        terminal.Line("Ctrl-C ends it; nothing stays behind.");
        await terminal.Output.FlushAsync(CancellationToken.None);
        await ServeCommand.Until(stop, world.Gateway.Completion);
    }

    private static async Task<Int128> LedgerSumAsync(DemoWorld world, CancellationToken cancellationToken)
    {
        using var totals = await world.Client.GetAsync("admin/ledger/totals", cancellationToken);
        var text = totals.RootElement.GetProperty("cost_picodollars").GetString();
        return Int128.Parse(text!, CultureInfo.InvariantCulture);
    }

    private static async Task<Int128> BillSumAsync(DemoWorld world, CancellationToken cancellationToken)
    {
        await world.Simulator.Bill.WaitForQuiescenceAsync(cancellationToken);
        return world.Simulator.Bill.TotalPicoUsd;
    }
}
