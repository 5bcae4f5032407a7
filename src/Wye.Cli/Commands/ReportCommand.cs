using System.CommandLine;
using System.Globalization;
using System.Text;
using Wye.Access;
using Wye.Cli.Configuration;
using Wye.Cli.Reports;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Ledger.Reports;
using Wye.Sqlite;

namespace Wye.Cli.Commands;

/// <summary><c>wye report</c>: what was spent and saved, from the ledger's file; <c>--reconcile</c> beside a provider's bill.</summary>
internal static class ReportCommand
{
    private const int DefaultDays = 30;

    public static Command Create(CliContext context)
    {
        var data = new Option<string?>("--data")
        {
            Description = $"Folder of the ledger. Default: $WYE_DATA, else {ServeCommand.DefaultDataFolder}.",
            HelpName = "FOLDER",
        };
        var from = Day("--from", $"First day, UTC. Default: {DefaultDays - 1} days before the last.");
        var to = Day("--to", "Last day, UTC. Default: today.");
        var html = new Option<string?>("--html")
        {
            Description = "Also write a page with pictures.",
            HelpName = "FILE",
        };
        var reconcile = new Option<string?>("--reconcile")
        {
            Description =
                "Compare with a provider's bill (CSV: day, model, cost_usd) instead; exit code 1 when they differ.",
            HelpName = "FILE",
        };
        var provider = new Option<string?>("--provider")
        {
            Description = "With --reconcile: only calls of this provider, as the configuration names it.",
            HelpName = "NAME",
        };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command(
            "report",
            "Spending by day, model, route and key; what was saved; the mix of tiers; or a bill beside the ledger."
        )
        {
            data,
            from,
            to,
            html,
            reconcile,
            provider,
            config,
            json,
        };
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    new Request(
                        context.Resolve(
                            parsed.GetValue(data) ?? context.Environment("WYE_DATA") ?? ServeCommand.DefaultDataFolder
                        ),
                        parsed.GetValue(config),
                        Parse("--from", parsed.GetValue(from)),
                        Parse("--to", parsed.GetValue(to))
                    )
                    {
                        Html = parsed.GetValue(html),
                        Bill = parsed.GetValue(reconcile),
                        Provider = parsed.GetValue(provider),
                        Json = parsed.GetValue(json),
                    },
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, Request request, CancellationToken stop)
    {
        var path = EffectiveConfig.StorePath(context, request.Folder, request.Config);
        if (!File.Exists(path))
        {
            throw new CliFailureException($"There is no ledger '{path}'. Name its folder with --data.");
        }

        var options = new SqliteOptions { Path = path };
        try
        {
            await using var reports = SqliteLedgerReports.Open(options);
            return request.Bill is { } bill
                ? await ReconcileAsync(context, request, bill, reports, stop)
                : await ReportAsync(context, request, options, reports, stop);
        }
        catch (Exception fault)
            when (fault is SqliteStoreException or LedgerUnavailableException or AccessUnavailableException)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    private static async Task<int> ReportAsync(
        CliContext context,
        Request request,
        SqliteOptions options,
        ILedgerReports reports,
        CancellationToken stop
    )
    {
        var page = request.Html is null ? null : OutputFile.Check(context, request.Html);
        var last = request.To ?? DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        var first = request.From ?? last.AddDays(1 - DefaultDays);
        if (first > last)
        {
            throw new CliFailureException("--from lies after --to.", ExitCodes.Usage);
        }

        var until = last.AddDays(1);
        var report = new SpendReport(
            first,
            until,
            await reports.SpendAsync(first, until, stop),
            await reports.CallsAsync(first, until, stop),
            await KeyNamesAsync(options, stop),
            Tiers(context, request.Config)
        )
        {
            Judged = await JudgedAsync(options, first, until, stop),
        };
        if (page is not null)
        {
            OutputFile.Write(page, stream => stream.Write(Encoding.UTF8.GetBytes(ReportPage.Write(report))));
            context.Terminal.Warn($"Wrote {request.Html}.");
        }

        if (request.Json)
        {
            context.Terminal.Json(json => ReportJson.Write(json, report));
        }
        else
        {
            ReportTables.Print(context.Terminal, report);
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ReconcileAsync(
        CliContext context,
        Request request,
        string bill,
        ILedgerReports reports,
        CancellationToken stop
    )
    {
        var rows = BillFile.Read(context.Resolve(bill), bill);
        var first = request.From ?? (rows.Count > 0 ? rows.Min(row => row.Day) : DateOnly.MinValue);
        var last = request.To ?? (rows.Count > 0 ? rows.Max(row => row.Day) : first);
        var calls = await reports.CallsAsync(first, last.AddDays(1), stop);
        if (request.Provider is { } provider)
        {
            calls =
            [
                .. calls.Where(call => call.Deployment.Value.StartsWith(provider + "/", StringComparison.Ordinal)),
            ];
        }

        var compared = Reconciliation.Of([.. rows.Where(row => row.Day >= first && row.Day <= last)], calls);
        if (request.Json)
        {
            context.Terminal.Json(compared.Write);
        }
        else
        {
            compared.Print(context.Terminal);
        }

        return compared.Differing.Any() ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static async Task<IReadOnlyList<JudgedModel>> JudgedAsync(
        SqliteOptions options,
        DateOnly from,
        DateOnly until,
        CancellationToken stop
    )
    {
        await using var store = SqliteJudgementStore.Open(options);
        return await store.ModelsAsync(
            new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(until, TimeOnly.MinValue, TimeSpan.Zero),
            stop
        );
    }

    private static async Task<Func<string, string>> KeyNamesAsync(SqliteOptions options, CancellationToken stop)
    {
        await using var store = SqliteKeyStore.Open(options);
        var names = (await store.AllAsync(stop))
            .Where(key => key.Name.Length > 0)
            .ToDictionary(key => key.Id.Value, key => $"{key.Name} ({key.Id})", StringComparer.Ordinal);
        return id => names.GetValueOrDefault(id, id);
    }

    private static IReadOnlyList<string> Tiers(CliContext context, string? config) =>
        CommonOptions.FindConfig(context, config) is { } path
        && EffectiveConfig.Load(context, path).Snapshot is { } snapshot
            ? [.. snapshot.Routing.Catalog.Tiers.Select(tier => tier.Name.Value)]
            : ["small", "medium", "large"];

    private static Option<string?> Day(string name, string description) =>
        new(name) { Description = description, HelpName = "YYYY-MM-DD" };

    private static DateOnly? Parse(string option, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw new CliFailureException($"{option} takes a day such as 2026-11-28.", ExitCodes.Usage);

    private sealed record Request(string Folder, string? Config, DateOnly? From, DateOnly? To)
    {
        public string? Html { get; init; }

        public string? Bill { get; init; }

        public string? Provider { get; init; }

        public bool Json { get; init; }
    }
}
