using System.Globalization;
using System.Text.Json;
using Wye.Cli.Terminals;

namespace Wye.Cli.Keys;

/// <summary>Keys for people.</summary>
internal static class KeyScreen
{
    /// <summary>All keys as a table.</summary>
    public static void List(Terminal terminal, JsonElement list)
    {
        var table = new TextTable(
            "id",
            "name",
            "role",
            "state",
            "routes",
            "models",
            "rpm>",
            "tpm>",
            "at once>",
            "budgets",
            "expires"
        );
        foreach (var key in list.GetProperty("keys").EnumerateArray())
        {
            table.Add(
                Text(key, "id"),
                Text(key, "name"),
                Text(key, "role"),
                Text(key, "state"),
                Names(key, "routes"),
                Names(key, "models"),
                Number(key, "rpm"),
                Number(key, "tpm"),
                Number(key, "max_concurrent"),
                Budgets(key),
                Text(key, "expires_at")
            );
        }

        terminal.Table(table);
        terminal.Line($"{table.Rows.Count} {(table.Rows.Count == 1 ? "key" : "keys")}");
    }

    /// <summary>One key, line by line.</summary>
    public static void One(Terminal terminal, JsonElement key)
    {
        Line("id", Text(key, "id"));
        Line("name", Text(key, "name"));
        Line("role", Text(key, "role"));
        Line("state", Text(key, "state"));
        Line(
            "made",
            $"{Text(key, "created_at")} by {(Text(key, "created_by") is { Length: > 0 } by ? by : "the first start")}"
        );
        Line("expires", Text(key, "expires_at") is { Length: > 0 } at ? at : "never");
        if (Text(key, "previous_secret_until") is { Length: > 0 } until)
        {
            Line("rotating", $"the secret before is valid until {until}");
        }

        Line("routes", Names(key, "routes"));
        Line("models", Names(key, "models"));
        Line(
            "limits",
            $"{Number(key, "rpm")} requests per minute, {Number(key, "tpm")} tokens per minute, {Number(key, "max_concurrent")} at once"
        );
        Line("budgets", Budgets(key));
        Line("tags", string.Join(", ", key.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
        foreach (var note in key.GetProperty("metadata").EnumerateObject())
        {
            Line(note.Name, note.Value.GetString()!);
        }

        void Line(string what, string value) => terminal.Line($"{Clean(what), -10}  {Clean(value)}");
    }

    private static string Text(JsonElement key, string field) => Clean(key.GetProperty(field).GetString() ?? "");

    private static string Number(JsonElement key, string field) =>
        key.GetProperty(field) is { ValueKind: JsonValueKind.Number } number
            ? number.GetInt64().ToString("N0", CultureInfo.InvariantCulture)
            : "any";

    private static string Names(JsonElement key, string field) =>
        key.GetProperty(field) is { ValueKind: JsonValueKind.Array } names
            ? Clean(string.Join(", ", names.EnumerateArray().Select(name => name.GetString())))
            : "any";

    private static string Budgets(JsonElement key) =>
        string.Join(
            ", ",
            key.GetProperty("budgets")
                .EnumerateArray()
                .Select(budget =>
                    $"${budget.GetProperty("limit_usd").GetString()}/{budget.GetProperty("per").GetString()}"
                    + (budget.GetProperty("hard").GetBoolean() ? "" : " (soft)")
                )
        )
            is { Length: > 0 } text
            ? text
            : "none";

    // A name is whoever's text: it must not move the cursor.
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
}
