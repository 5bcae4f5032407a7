using System.Globalization;
using System.Text.Json;
using Wye.Cli.Terminals;
using Wye.Quality.Prior;

namespace Wye.Cli.Learning;

/// <summary>Shows how a model does by cells beside another.</summary>
internal static class ModelMapView
{
    private const int CellsShown = 8;

    /// <summary>For people: where the one is better, and where worse.</summary>
    public static void Print(Terminal terminal, string one, string other, List<ModelMapRow> rows)
    {
        Print(
            terminal,
            $"Where {one} is better than {other}",
            one,
            other,
            [.. rows.Where(row => row.Difference > 0).Take(CellsShown)]
        );
        Print(
            terminal,
            $"Where {one} is worse than {other}",
            one,
            other,
            [.. rows.Where(row => row.Difference < 0).Reverse().Take(CellsShown)]
        );
    }

    private static void Print(Terminal terminal, string heading, string one, string other, List<ModelMapRow> rows)
    {
        terminal.Heading(heading);
        if (rows.Count == 0)
        {
            terminal.Line("  nowhere");
            return;
        }

        var table = new TextTable("cell>", "questions>", $"{one}>", $"{other}>", "difference>", "typical words");
        foreach (var row in rows)
        {
            table.Add(
                row.Cell.ToString(CultureInfo.InvariantCulture),
                row.Questions.ToString(CultureInfo.InvariantCulture),
                row.One.ToString("0.00", CultureInfo.InvariantCulture),
                row.Other.ToString("0.00", CultureInfo.InvariantCulture),
                row.Difference.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),
                row.Words
            );
        }

        terminal.Table(table);
    }

    /// <summary>For programs.</summary>
    public static void Write(
        Utf8JsonWriter json,
        string one,
        ModelProfile profile,
        string other,
        string otherProfile,
        List<ModelMapRow> rows
    )
    {
        json.WriteStartObject();
        json.WriteString("model", one);
        json.WriteString("source", profile.Source.ToString().ToLowerInvariant());
        json.WriteString("profile", profile.Words);
        json.WriteString("other", other);
        json.WriteString("other_profile", otherProfile);
        json.WriteStartArray("cells");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("cell", row.Cell);
            json.WriteNumber("questions", row.Questions);
            json.WriteString("words", row.Words);
            json.WriteNumber("quality", Math.Round(row.One, 4));
            json.WriteNumber("other_quality", Math.Round(row.Other, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
