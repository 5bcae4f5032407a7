using System.Globalization;
using System.Text.Json;
using Wye.Cli.Terminals;

namespace Wye.Cli.Commands;

/// <summary>Shows how <c>learned</c> came to its choice, from the JSON of <c>/v1/route</c>.</summary>
internal static class LearnedView
{
    public static void Print(Terminal terminal, JsonElement decision)
    {
        if (!decision.TryGetProperty("learned", out var learned))
        {
            terminal.Heading("Learned");
            terminal.Line("  The route's policies did not ask a learned router.");
            return;
        }

        terminal.Heading("Learned");
        var proven = learned.GetProperty("champion").GetBoolean() ? "champion" : "not proven";
        terminal.Line(
            $"  router     {Or(Text(learned, "router"), "none")}{(Text(learned, "router").Length == 0 ? "" : $" ({proven})")}"
        );
        if (Text(learned, "abstained") is { Length: > 0 } reason)
        {
            terminal.Line($"  abstained  {reason}");
            return;
        }

        var (objective, settings) = (Text(learned, "objective"), Text(learned, "settings"));
        terminal.Line(
            $"  objective  {(settings.StartsWith(objective, StringComparison.Ordinal) ? settings : $"{objective}: {settings}")}"
        );
        if (learned.TryGetProperty("outcomes", out var outcomes))
        {
            terminal.Line(
                $"  outcomes   {Number(outcomes, "used", "0")} used, {Number(outcomes, "of_another_router", "0")} of another router"
            );
        }

        terminal.Line($"  chosen     {Text(learned, "chosen")}; runner-up {Or(Text(learned, "runner_up"), "none")}");
        foreach (var change in learned.GetProperty("changes").EnumerateArray())
        {
            var where = string.Equals(Text(change, "when"), "above", StringComparison.Ordinal)
                ? "above"
                : "at or below";
            terminal.Line(
                $"  else       {Text(change, "model")} with {Text(change, "setting")} {where} {Number(change, "value", "0.00##")}"
            );
        }

        PrintCandidates(terminal, learned);
        PrintCells(terminal, learned);
    }

    private static void PrintCandidates(Terminal terminal, JsonElement learned)
    {
        var table = new TextTable("model", "quality>", "+/->", "cost $>", "tokens>", "ms>", "value>", "known by");
        foreach (var scored in learned.GetProperty("candidates").EnumerateArray())
        {
            table.Add(
                Text(scored, "model"),
                Number(scored, "quality", "0.00"),
                Number(scored, "uncertainty", "0.00"),
                Or(Text(scored, "expected_cost_usd"), "–"),
                Number(scored, "expected_output_tokens", "0"),
                Number(scored, "latency_ms", "0"),
                Number(scored, "value", "0.000"),
                Text(scored, "profile")
            );
        }

        terminal.Table(table);
    }

    private static void PrintCells(Terminal terminal, JsonElement learned)
    {
        var table = new TextTable("nearest cell>", "share>", "questions>", "typical words");
        foreach (var cell in learned.GetProperty("cells").EnumerateArray())
        {
            table.Add(
                Text(cell, "cell"),
                Number(cell, "weight", "0.00"),
                Text(cell, "questions") is "0" ? "–" : Text(cell, "questions"),
                Text(cell, "words")
            );
        }

        if (table.Rows.Count > 0)
        {
            terminal.Table(table);
        }
    }

    private static string Or(string text, string other) => text.Length == 0 ? other : text;

    private static string Number(JsonElement parent, string name, string format) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString(format, CultureInfo.InvariantCulture)
            : "–";

    private static string Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? "" : value.ToString();
}
