using System.CommandLine;
using System.Globalization;
using System.Text;
using Wye.Cli.Exports;
using Wye.Ledger;
using Wye.Sqlite;

namespace Wye.Cli.Commands;

/// <summary><c>wye ledger</c>: what the ledger holds, for other programs.</summary>
internal static class LedgerCommand
{
    public static Command Create(CliContext context) =>
        new("ledger", "The ledger: what was asked, who answered, what it cost; and corrections of it.")
        {
            Export(context),
            CorrectionCommands.Correct(context),
            CorrectionCommands.List(context),
        };

    private static Command Export(CliContext context)
    {
        var format = new Option<string>("--format")
        {
            Description = "csv: one row per upstream call. jsonl: one request per line, with its calls.",
            HelpName = "csv|jsonl",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var from = Moment(
            "--from",
            "First moment, included, e.g. 2026-11-01 or 2026-11-01T12:00Z. Default: the first row."
        );
        var until = Moment("--until", "Last moment, excluded. Default: the last row.");
        var place = new LedgerPlace();
        var target = new Option<string?>("--out", "-o")
        {
            Description = "File to write. Default: standard output.",
            HelpName = "FILE",
        };
        var command = new Command("export", "Write the ledger as CSV or JSON lines; a gateway may run meanwhile.")
        {
            format,
            from,
            until,
            place.Data,
            place.Database,
            target,
        };
        command.SetAction(
            async (parsed, stop) =>
            {
                var file = place.Find(context, parsed);
                var path = parsed.GetValue(target);
                await using var writer = path is null
                    ? null
                    : new StreamWriter(OutputFile.Check(context, path), append: false, new UTF8Encoding(false));
                var rows = await WriteAsync(
                    file,
                    parsed.GetRequiredValue(format),
                    (parsed.GetValue(from), parsed.GetValue(until)),
                    writer ?? context.Terminal.Output,
                    stop
                );
                if (path is not null)
                {
                    context.Terminal.Line(
                        string.Create(CultureInfo.InvariantCulture, $"{rows} requests written to {path}.")
                    );
                }

                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static async Task<long> WriteAsync(
        string file,
        string format,
        (DateTimeOffset? From, DateTimeOffset? Until) span,
        TextWriter output,
        CancellationToken stop
    )
    {
        try
        {
            await using var store = SqliteLedgerStore.Open(new SqliteOptions { Path = file });
            return format is "csv"
                ? await LedgerCsv.WriteAsync(store.ReadAsync(span.From, span.Until, stop), output)
                : await LedgerLines.WriteAsync(store.ReadAsync(span.From, span.Until, stop), output);
        }
        catch (Exception fault) when (fault is SqliteStoreException or LedgerUnavailableException)
        {
            throw new CliFailureException(fault.Message, ExitCodes.Failed);
        }
    }

    private static Option<DateTimeOffset?> Moment(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var moment))
                {
                    return moment;
                }

                result.AddError($"{name} takes a day or a moment such as 2026-11-01T12:00Z, not '{text}'.");
                return null;
            },
        };
}
