using System.CommandLine;
using System.Runtime.InteropServices;
using Wye.Cli.Gateways;
using Wye.Gateway;

namespace Wye.Cli.Commands;

/// <summary><c>wye serve</c>: the gateway, until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>What it is called by.</summary>
    internal const string Name = "serve";

    /// <summary>Folder of the ledger and the keys when none is named.</summary>
    internal const string DefaultDataFolder = ".wye";

    public static Command Create(CliContext context)
    {
        var config = CommonOptions.Config();
        var data = new Option<string?>("--data")
        {
            Description = $"Folder of the ledger and the keys. Default: $WYE_DATA, else {DefaultDataFolder}.",
            HelpName = "FOLDER",
        };
        var listen = new Option<Uri?>("--listen")
        {
            Description = "Address to listen on; default: the configuration's, else http://127.0.0.1:4000.",
            HelpName = "URL",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http")
                {
                    return uri;
                }

                result.AddError($"--listen takes an address such as http://127.0.0.1:4000, not '{text}'.");
                return null;
            },
        };
        var log = new Option<string?>("--log")
        {
            Description = "Log one line per request, and faults, to standard error. Default: $WYE_LOG, else no log.",
            HelpName = "text|json",
        };
        log.AcceptOnlyFromAmong("text", "json");
        var command = new Command(Name, "Run the gateway.") { config, data, listen, log };
        command.SetAction(
            (parsed, stop) =>
            {
                var folder = parsed.GetValue(data) ?? context.Environment("WYE_DATA") ?? DefaultDataFolder;
                return RunAsync(
                    context,
                    parsed.GetValue(config),
                    context.Resolve(folder),
                    parsed.GetValue(listen),
                    parsed.GetValue(log) ?? context.Environment("WYE_LOG"),
                    stop
                );
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        string? namedConfig,
        string folder,
        Uri? listen,
        string? log,
        CancellationToken stop
    )
    {
        RuntimeSettings.Apply();
        var terminal = context.Terminal;
        var config = CommonOptions.FindConfig(context, namedConfig);
        var options = new GatewayHostOptions
        {
            ConfigPath = config,
            DataFolder = folder,
            Listen = listen,
            Environment = context.Environment,
            Time = context.Time,
            Notices = terminal.Error,
            Logging = ServeLog.Of(log),
            OwnsProcess = true,
        };
        await using var gateway = await LocalGateway.StartAsync(options, stop);

        terminal.Line("Wye serves.");
        terminal.Line($"  base URL   {new Uri(gateway.Address, "v1")}");
        terminal.Line($"  config     {config ?? "none: providers from the environment"}");
        terminal.Line($"  data       {folder}");
        if (gateway.RelaxedBound is { } bound)
        {
            terminal.Line(
                $"  ledger     relaxed: after a crash, what finished within the last {bound.TotalMilliseconds:0} ms and one commit may be"
            );
            terminal.Line(
                "             missing, and the calls under way; requests under a hard budget are always recorded"
            );
        }

        if (gateway.FirstKey is { } key)
        {
            terminal.Line($"  admin key  {key}");
            terminal.Line("             Shown this once: keep it. Every call needs a key.");
        }

        terminal.Line("Ctrl-C stops it; answers that run may finish. A second Ctrl-C does not wait.");
        await terminal.Output.FlushAsync(CancellationToken.None);
        await Until(stop, gateway.Completion);
        await StopAsync(context, gateway);
        return ExitCodes.Ok;
    }

    private static async Task StopAsync(CliContext context, LocalGateway gateway)
    {
        using var hurry = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Hurry);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hurry);
        context.Terminal.Warn("Stopping …");
        await gateway.DrainAsync(hurry.Token);

        void Hurry(PosixSignalContext signal)
        {
            signal.Cancel = true;
            hurry.Cancel();
        }
    }

    /// <summary>Waits for whichever comes first.</summary>
    internal static async Task Until(CancellationToken stop, Task completion)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        await Task.WhenAny(stopped.Task, completion);
    }
}
