using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Access;
using Wye.Gateway.Keys;
using Wye.Primitives;

namespace Wye.Cli.Keys;

/// <summary>The options that say what a key may do, and the JSON they become. <c>none</c> takes a bound away.</summary>
internal sealed class KeyFields
{
    private const string None = "none";

    private static readonly string[] Periods = [.. Enum.GetValues<KeyBudgetPeriod>().Select(KeyRulesJson.NameOf)];

    private readonly Option<string?> _name = Text("--name", "TEXT", "What people call it.");
    private readonly Option<string?> _role = Text("--role", "ROLE", "data_plane (default), viewer or admin.");
    private readonly Option<string?> _expires = Text(
        "--expires",
        "WHEN",
        "A time from now such as 90d or 12h, or a day such as 2027-01-31; none = never."
    );

    private readonly Option<string[]> _routes = List(
        "--route",
        "NAME",
        "Route or alias it may ask for; repeat, or end in *."
    );
    private readonly Option<string[]> _models = List(
        "--model",
        "NAME",
        "Model it may be answered by; repeat, or end in *."
    );
    private readonly Option<string?> _rpm = Text("--rpm", "N", "Most requests per minute.");
    private readonly Option<string?> _tpm = Text("--tpm", "N", "Most tokens per minute.");
    private readonly Option<string?> _concurrent = Text("--concurrent", "N", "Most requests at once.");
    private readonly Option<string[]> _budgets = List(
        "--budget",
        "USD/PERIOD",
        "What it may spend, e.g. 50/month; periods: hour, day, week, month, total; repeat for several."
    );

    private readonly Option<string[]> _softBudgets = List(
        "--soft-budget",
        "USD/PERIOD",
        "The same, but it only steers routing to cheaper models and refuses nothing."
    );

    private readonly Option<string[]> _tags = List("--tag", "TAG", "Tag that each of its requests carries; repeat.");
    private readonly Option<string[]> _metadata = List("--meta", "NAME=TEXT", "A free note; repeat.");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
        [_name, _role, _expires, _routes, _models, _rpm, _tpm, _concurrent, _budgets, _softBudgets, _tags, _metadata];

    /// <summary>What was said, as one JSON object.</summary>
    /// <exception cref="CliFailureException">An option cannot be read; the message names it and what it takes.</exception>
    public ReadOnlyMemory<byte> Write(ParseResult parsed, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            String(json, parsed, _name, "name");
            String(json, parsed, _role, "role");
            if (parsed.GetValue(_expires) is { } expires)
            {
                json.WriteString("expires_at", Moment(expires, now));
            }

            Names(json, parsed, _routes, "routes");
            Names(json, parsed, _models, "models");
            Number(json, parsed, _rpm, "rpm");
            Number(json, parsed, _tpm, "tpm");
            Number(json, parsed, _concurrent, "max_concurrent");
            Budgets(json, parsed);
            Names(json, parsed, _tags, "tags");
            Metadata(json, parsed);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static Option<string[]> List(string name, string help, string description) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            AllowMultipleArgumentsPerToken = false,
        };

    private static void String(Utf8JsonWriter json, ParseResult parsed, Option<string?> option, string field)
    {
        if (parsed.GetValue(option) is { } value)
        {
            json.WriteString(field, value);
        }
    }

    private static string? Moment(string text, DateTimeOffset now)
    {
        if (text is None)
        {
            return null;
        }

        var at =
            KeyTime.Moment(text, now)
            ?? throw Wrong("--expires", "a time such as 90d or 12h, a day such as 2027-01-31, or none");
        return at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static void Number(Utf8JsonWriter json, ParseResult parsed, Option<string?> option, string field)
    {
        switch (parsed.GetValue(option))
        {
            case null:
                break;
            case None:
                json.WriteNull(field);
                break;
            case var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                json.WriteNumber(field, number);
                break;
            default:
                throw Wrong(option.Name, "a whole number, or none");
        }
    }

    private static void Names(Utf8JsonWriter json, ParseResult parsed, Option<string[]> option, string field)
    {
        var values = parsed.GetValue(option) ?? [];
        if (values is [None])
        {
            json.WriteNull(field);
        }
        else if (values.Length > 0)
        {
            json.WriteStartArray(field);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }

    private void Budgets(Utf8JsonWriter json, ParseResult parsed)
    {
        var hard = parsed.GetValue(_budgets) ?? [];
        var soft = parsed.GetValue(_softBudgets) ?? [];
        if (hard.Length + soft.Length == 0)
        {
            return;
        }

        json.WriteStartArray("budgets");
        foreach (var text in hard.Where(text => text is not None))
        {
            Budget(json, "--budget", text, hard: true);
        }

        foreach (var text in soft.Where(text => text is not None))
        {
            Budget(json, "--soft-budget", text, hard: false);
        }

        json.WriteEndArray();
    }

    private static void Budget(Utf8JsonWriter json, string option, string text, bool hard)
    {
        var parts = text.TrimStart('$').Split('/');
        if (parts is not [var amount, var per] || !Usd.TryParse(amount, out _) || !Periods.Contains(per))
        {
            throw Wrong(
                option,
                $"an amount in USD and a period ({string.Join(", ", Periods)}), e.g. 50/month, or none"
            );
        }

        json.WriteStartObject();
        json.WriteString("limit_usd", amount);
        json.WriteString("per", per);
        json.WriteBoolean("hard", hard);
        json.WriteEndObject();
    }

    private void Metadata(Utf8JsonWriter json, ParseResult parsed)
    {
        var pairs = parsed.GetValue(_metadata) ?? [];
        if (pairs.Length == 0)
        {
            return;
        }

        json.WriteStartObject("metadata");
        foreach (var pair in pairs.Where(pair => pair is not None))
        {
            var parts = pair.Split('=', 2);
            if (parts is not [{ Length: > 0 } name, var value])
            {
                throw Wrong("--meta", "a name and a text, e.g. owner=alice, or none");
            }

            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static CliFailureException Wrong(string option, string expected) =>
        new($"{option} takes {expected}.", ExitCodes.Usage);
}
