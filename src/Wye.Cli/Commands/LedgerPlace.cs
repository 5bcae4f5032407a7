using System.CommandLine;

namespace Wye.Cli.Commands;

/// <summary>The options that say which ledger a command works on.</summary>
internal sealed class LedgerPlace
{
    /// <summary><c>--data</c>.</summary>
    public Option<string?> Data { get; } =
        new("--data")
        {
            Description = $"Folder of the ledger. Default: $WYE_DATA, else {ServeCommand.DefaultDataFolder}.",
            HelpName = "FOLDER",
        };

    /// <summary><c>--db</c>.</summary>
    public Option<string?> Database { get; } =
        new("--db") { Description = "The ledger's file itself.", HelpName = "FILE" };

    /// <summary>The ledger's file.</summary>
    /// <exception cref="CliFailureException">There is none.</exception>
    public string Find(CliContext context, ParseResult parsed)
    {
        var folder = parsed.GetValue(Data) ?? context.Environment("WYE_DATA") ?? ServeCommand.DefaultDataFolder;
        var file = context.Resolve(parsed.GetValue(Database) ?? Path.Combine(folder, "wye.db"));
        return File.Exists(file)
            ? file
            : throw new CliFailureException(
                $"There is no ledger '{file}'. Name its folder with --data.",
                ExitCodes.Usage
            );
    }
}
