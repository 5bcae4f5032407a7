using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Wye.Cli.Reports;
using Wye.Cli.Terminals;
using Wye.Gateway.Endpoints;
using Wye.Ledger;
using Wye.Ledger.Corrections;
using Wye.Primitives;
using Wye.Sqlite;

namespace Wye.Cli.Commands;

/// <summary>
/// <c>wye ledger correct</c> and <c>wye ledger corrections</c>: a later word on a cost, as a row of its own. What was recorded stays.
/// </summary>
internal static class CorrectionCommands
{
    private const int IdBytes = 12;

    public static Command Correct(CliContext context)
    {
        var place = new LedgerPlace();
        var request = new Argument<string?>("request")
        {
            Description = "Id of the request; without it --day, --provider and --model.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var call = new Option<int?>("--call")
        {
            Description = "Number of its call, from 1. Default: its only one.",
            HelpName = "N",
        };
        var cost = Money("--cost", "What the call really cost, e.g. 0.0123.");
        var amount = Money("--amount", "What it cost more than the ledger says, e.g. 0.002 or -0.002.");
        var day = new Option<DateOnly?>("--day") { Description = "Without a request: the UTC day.", HelpName = "DAY" };
        var provider = new Option<string?>("--provider")
        {
            Description = "Without a request: the provider, as the configuration names it.",
            HelpName = "NAME",
        };
        var model = new Option<string?>("--model") { Description = "Without a request: the model.", HelpName = "NAME" };
        var why = new Option<string>("--why") { Description = "Why, in one line. Kept.", Required = true };
        var who = new Option<string?>("--who") { Description = "Who corrects. Default: this user. Kept." };
        var json = CommonOptions.Json();
        var command = new Command(
            "correct",
            "Correct what a call cost, as a new row. Reports count it, budgets do not."
        )
        {
            request,
            call,
            cost,
            amount,
            day,
            provider,
            model,
            why,
            who,
            place.Data,
            place.Database,
            json,
        };
        command.SetAction(
            (parsed, stop) =>
                CorrectAsync(
                    context,
                    place.Find(context, parsed),
                    new Asked(parsed.GetValue(request), parsed.GetValue(call))
                    {
                        Cost = parsed.GetValue(cost),
                        Amount = parsed.GetValue(amount),
                        Day = parsed.GetValue(day),
                        Provider = parsed.GetValue(provider),
                        Model = parsed.GetValue(model),
                        Why = parsed.GetRequiredValue(why),
                        By = parsed.GetValue(who) ?? Environment.UserName,
                        Json = parsed.GetValue(json),
                    },
                    stop
                )
        );
        return command;
    }

    public static Command List(CliContext context)
    {
        var place = new LedgerPlace();
        var json = CommonOptions.Json();
        var command = new Command("corrections", "List the corrections: what, by whom, why.")
        {
            place.Data,
            place.Database,
            json,
        };
        command.SetAction(
            (parsed, stop) =>
                TellingFaults(async () =>
                {
                    await using var store = SqliteLedgerCorrections.Open(new() { Path = place.Find(context, parsed) });
                    var all = await store.AllAsync(request: null, stop);
                    if (parsed.GetValue(json))
                    {
                        context.Terminal.Json(writer =>
                        {
                            writer.WriteStartArray();
                            foreach (var one in all)
                            {
                                LedgerJson.Write(writer, one);
                            }

                            writer.WriteEndArray();
                        });
                        return ExitCodes.Ok;
                    }

                    var table = new TextTable("made", "by", "of", "model", "amount>", "why");
                    foreach (var one in all)
                    {
                        table.Add(
                            one.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                            one.By,
                            Of(one),
                            one.Model.Value,
                            Amount.Text(one.Amount.PicoDollars),
                            one.Why
                        );
                    }

                    context.Terminal.Table(table);
                    return ExitCodes.Ok;
                })
        );
        return command;
    }

    private static Task<int> CorrectAsync(CliContext context, string file, Asked asked, CancellationToken stop) =>
        TellingFaults(async () =>
        {
            var options = new SqliteOptions { Path = file };
            var correction = asked.Request is { } id
                ? await OfRequestAsync(options, id, asked, context.Time, stop)
                : OfDay(asked, context.Time);
            await using (var store = SqliteLedgerCorrections.Open(options))
            {
                await store.AddAsync(correction, stop);
            }

            if (asked.Json)
            {
                context.Terminal.Json(writer => LedgerJson.Write(writer, correction));
            }
            else
            {
                var (pico, exact) = (correction.Amount.PicoDollars, correction.Amount.ToDollars());
                context.Terminal.Line(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{correction.Id}: {Of(correction)}, {correction.Deployment}: {(pico > 0 ? "+" : "")}{exact} USD. Reports count it; what budgets have counted stays."
                    )
                );
            }

            return ExitCodes.Ok;
        });

    private static async Task<Correction> OfRequestAsync(
        SqliteOptions options,
        string id,
        Asked asked,
        TimeProvider time,
        CancellationToken stop
    )
    {
        if (asked.Day is not null || asked.Provider is not null || asked.Model is not null)
        {
            throw Usage("A request knows its day, provider and model: name the request, or those.");
        }

        await using var store = SqliteLedgerStore.Open(options);
        var record =
            await store.FindAsync(new(id), stop)
            ?? throw new CliFailureException(
                $"There is no request '{id}' in the ledger. Where its rows are gone, correct its day: --day, --provider and --model."
            );
        var number =
            asked.Call
            ?? (
                record.Attempts.Length == 1
                    ? record.Attempts[0].Number
                    : throw Usage($"Request '{id}' has {record.Attempts.Length} calls: name one with --call.")
            );
        var counted =
            (record.Attempts.FirstOrDefault(call => call.Number == number)?.Cost ?? Usd.Zero).PicoDollars
            + record.Corrections.Where(one => one.Call == number).Sum(one => one.Amount.PicoDollars);
        return Correction.OfCall(Draft(asked, new Usd(counted), time), record, number);
    }

    private static Correction OfDay(Asked asked, TimeProvider time) =>
        asked is { Day: { } day, Provider: { } provider, Model: { } model, Call: null, Cost: null }
            ? Correction.OfDay(Draft(asked, Usd.Zero, time), day, new(provider), new(model))
            : throw Usage("Name a request; or --day, --provider and --model with --amount.");

    private static CorrectionDraft Draft(Asked asked, Usd counted, TimeProvider time)
    {
        var amount = (asked.Cost, asked.Amount) switch
        {
            ({ } cost, null) => cost - counted,
            (null, { } more) => more,
            _ => throw Usage("Give either --cost or --amount."),
        };
        var id = "cor_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return new CorrectionDraft(id, time.GetUtcNow(), amount, asked.By, asked.Why);
    }

    private static string Of(Correction correction) =>
        correction.Request is { } request
            ? $"{request} call {correction.Call}"
            : correction.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<int> TellingFaults(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (ArgumentException fault)
        {
            throw Usage(fault.Message);
        }
        catch (Exception fault) when (fault is SqliteStoreException or LedgerUnavailableException)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    private static CliFailureException Usage(string message) => new(message, ExitCodes.Usage);

    private static Option<Usd?> Money(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "USD",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Usd.TryParse(text, out var amount))
                {
                    return amount;
                }

                result.AddError($"{name} takes dollars such as 0.0123, at most twelve decimals, not '{text}'.");
                return null;
            },
        };

    private sealed record Asked(string? Request, int? Call)
    {
        public Usd? Cost { get; init; }

        public Usd? Amount { get; init; }

        public DateOnly? Day { get; init; }

        public string? Provider { get; init; }

        public string? Model { get; init; }

        public required string By { get; init; }

        public required string Why { get; init; }

        public bool Json { get; init; }
    }
}
