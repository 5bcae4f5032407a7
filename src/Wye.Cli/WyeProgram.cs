using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Wye.Cli.Commands;
using Wye.Cli.Learning;

namespace Wye.Cli;

/// <summary>The command line: every command, in the order of the help text.</summary>
internal static class WyeProgram
{
    private const string Name = "wye";

    // The gateway bounds its own draining; any other command has little to tidy up.
    private static readonly TimeSpan ServeStopLimit = TimeSpan.FromDays(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Parses and runs; returns one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(
        string[] args,
        CliContext context,
        CancellationToken cancellationToken = default
    )
    {
        // Without a command the help is what one wants to see, but nothing was done.
        var parsed = CreateFor(args, context).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            Complain(parsed, context);
            return ExitCodes.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout =
                parsed.CommandResult.Command.Name is ServeCommand.Name ? ServeStopLimit : StopLimit,
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

    // A gateway that starts does not wait for the options of every other command to be made.
    private static Command CreateFor(string[] args, CliContext context) =>
        args is [ServeCommand.Name, ..] ? Create([ServeCommand.Create(context)]) : Create(All(context));

    private static Command Create(IEnumerable<Command> commands)
    {
        // Not a RootCommand: that one takes its name from the assembly's file, and help must say "wye".
        var root = new Command(
            Name,
            "Wye sends every chat request to the cheapest model that meets a quality bar, and says why."
        )
        {
            new HelpOption { Recursive = true },
            new VersionOption(),
        };
        foreach (var command in commands)
        {
            root.Add(command);
        }

        return root;
    }

    private static IEnumerable<Command> All(CliContext context) =>
        [
            ServeCommand.Create(context),
            DemoCommand.Create(context),
            RouteCommand.Create(context),
            AskCommand.Create(context),
            InitCommand.Create(context),
            CheckCommand.Create(context),
            ModelsCommand.Create(context),
            PricesCommand.Create(context),
            LedgerCommand.Create(context),
            KeysCommand.Create(context),
            ReportCommand.Create(context),
            EstimateCommand.Create(context),
            ImportCommand.Create(context),
            SchemaCommand.Create(context),
            SimulateCommand.Create(context),
            EmbedCommand.Create(context),
            TrainCommand.Create(context),
            CalibrateCommand.Create(context),
            EvalCommand.Create(context),
        ];

    private static void Complain(ParseResult parsed, CliContext context)
    {
        // An unknown command also counts as "no command": one complaint is enough.
        var unknown = parsed.UnmatchedTokens;
        var errors = parsed.Errors.Where(error =>
            unknown.Count == 0
            || error.SymbolResult is not CommandResult
            || unknown.Any(token => error.Message.Contains(token, StringComparison.Ordinal))
        );
        foreach (var message in errors.Select(error => Words(error.Message)).Distinct(StringComparer.Ordinal))
        {
            context.Terminal.Warn($"wye: {message}");
        }

        context.Terminal.Warn($"Try 'wye {Path(parsed)}--help'.");
    }

    // The parser names a type of the runtime, which tells nobody what to write.
    private static string Words(string message)
    {
        const string Mark = " as expected type '";
        var at = message.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return message;
        }

        var type = message[(at + Mark.Length)..];
        var wanted =
            type.Contains("UInt", StringComparison.Ordinal) ? "a whole number from 0 on"
            : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
            : type.Contains("Bool", StringComparison.Ordinal) ? "true or false"
            : "a number, e.g. 0.5";
        return $"{message[..at]}. It takes {wanted}.";
    }

    private static string Path(ParseResult parsed)
    {
        var path = "";
        for (
            SymbolResult? at = parsed.CommandResult;
            at is CommandResult { Command.Name: not Name and var name };
            at = at.Parent
        )
        {
            path = $"{name} {path}";
        }

        return path;
    }
}
