using System.CommandLine;
using System.Globalization;
using Wye.Cli.Terminals;
using Wye.Simulator;

namespace Wye.Cli.Commands;

/// <summary><c>wye simulate</c>: the simulated upstream alone, for trying configurations and clients without keys or cost.</summary>
internal static class SimulateCommand
{
    public static Command Create(CliContext context)
    {
        var port = new Option<int>("--port")
        {
            Description = "Loopback port; 0 = a free one.",
            HelpName = "N",
            DefaultValueFactory = _ => 4010,
        };
        var latency = new Option<double>("--latency")
        {
            Description = "Factor on the models' usual latencies; 0 = answer at once.",
            HelpName = "FACTOR",
            DefaultValueFactory = _ => 1,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed of every draw.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var admin = new Option<bool>("--admin")
        {
            Description = "Also serve /sim/*: bill, truth and faults, without a key.",
        };
        latency.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is < 0 or double.NaN)
            {
                result.AddError("--latency takes a number from 0.");
            }
        });
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535)
            {
                result.AddError("--port takes a number in 0..65535.");
            }
        });
        var command = new Command("simulate", "Run the simulated models alone: scripted answers, latency and a bill.")
        {
            port,
            latency,
            seed,
            admin,
        };
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    new SimulatorOptions
                    {
                        Port = parsed.GetValue(port),
                        LatencyScale = parsed.GetValue(latency),
                        Seed = parsed.GetValue(seed),
                        AdminFace = parsed.GetValue(admin),
                        Time = context.Time,
                    },
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, SimulatorOptions options, CancellationToken stop)
    {
        var terminal = context.Terminal;
        await using var simulator = await SimulatorServer.StartAsync(options, stop);
        terminal.Line("The Simulator serves; its answers are simulated and say so.");
        terminal.Line($"  base URL  {new Uri(simulator.Address, "v1")}");
        terminal.Line("  key       any");
        terminal.Line($"  models    {string.Join(", ", simulator.Options.Models.Select(model => model.Name))}");
        terminal.Line("Ctrl-C stops it and prints the bill.");
        await terminal.Output.FlushAsync(CancellationToken.None);
        await ServeCommand.Until(stop, Task.Delay(Timeout.InfiniteTimeSpan, context.Time, stop));

        var dollars = (decimal)simulator.Bill.TotalPicoUsd / Primitives.Usd.PicoDollarsPerDollar;
        terminal.Line(
            string.Create(CultureInfo.InvariantCulture, $"Billed {simulator.Bill.Count} calls, ${dollars:0.000000}.")
        );
        return ExitCodes.Ok;
    }
}
