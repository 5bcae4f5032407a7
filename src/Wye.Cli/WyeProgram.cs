using System.CommandLine;
using System.CommandLine.Invocation;
using Wye.Cli.Commands;

namespace Wye.Cli;

/// <summary>The command line: every command, in the order of the help text.</summary>
internal static class WyeProgram
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(35);

    /// <summary>Parses and runs; returns one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(
        string[] args,
        CliContext context,
        CancellationToken cancellationToken = default
    )
    {
        var parsed = Create(context).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                context.Terminal.Warn($"wye: {error.Message}");
            }

            context.Terminal.Warn($"Try 'wye {Path(parsed)}--help'.");
            return ExitCodes.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = DrainTime,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CliFailureException failure)
        {
            context.Terminal.Warn($"wye: {failure.Message}");
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            context.Terminal.Warn("wye: stopped.");
            return ExitCodes.Failed;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException)
        {
            context.Terminal.Warn($"wye: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>The command tree.</summary>
    internal static RootCommand Create(CliContext context) =>
        new("Wye sends every chat request to the cheapest model that meets a quality bar, and says why.")
        {
            ServeCommand.Create(context),
            DemoCommand.Create(context),
            RouteCommand.Create(context),
            AskCommand.Create(context),
            InitCommand.Create(context),
            CheckCommand.Create(context),
            ModelsCommand.Create(context),
            SimulateCommand.Create(context),
        };

    private static string Path(ParseResult parsed)
    {
        var name = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name;
        return name.Length == 0 ? "" : name + " ";
    }
}
