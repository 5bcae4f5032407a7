using System.Collections.Immutable;
using System.Globalization;
using Wye.Cli.Terminals;

namespace Wye.Cli.Reports;

/// <summary>A spending report on a terminal.</summary>
internal static class ReportTables
{
    private const int MostRows = 20;

    public static void Print(Terminal terminal, SpendReport report)
    {
        terminal.Line($"{Day(report.From)} to {Day(report.Until.AddDays(-1))} (UTC days)");
        terminal.Line(
            $"{Count(report.Requests)} requests, {Count(report.Failed)} failed, {Amount.Text(report.Cost)} spent"
        );
        foreach (var line in ReportWords.Lines(report))
        {
            terminal.Line(line);
        }

        terminal.Heading("By day");
        // A gap hides nothing in a table: days on which nothing happened are for the pictures.
        var days = report.ByDay.Where(day => day.Requests > 0 || day.Cost != 0);
        Groups(terminal, [.. days], report.Cost, "day", last: true);
        terminal.Heading("By model called");
        Groups(terminal, report.ByModel, report.Cost, "model", calls: true);
        terminal.Heading("By route");
        Groups(terminal, report.ByRoute, report.Cost, "route");
        terminal.Heading("By key");
        Groups(terminal, report.ByKey, report.Cost, "key");
        terminal.Heading("Answered by tier");
        var tiers = new TextTable("tier", "requests>", "share>", "target>", "");
        foreach (var tier in report.ByTier)
        {
            tiers.Add(
                tier.Name,
                Count(tier.Requests),
                tier.Share.ToString("0.0 %", CultureInfo.InvariantCulture),
                ReportWords.Target(tier),
                tier.IsWithin switch
                {
                    true => "within",
                    false => "outside",
                    _ => "",
                }
            );
        }

        terminal.Table(tiers);
        terminal.Heading("What the calls were for");
        Groups(terminal, report.ByRole, report.Cost, "for", calls: true);
        if (report.Judged.Count > 0)
        {
            terminal.Heading("Answers judged (feedback)");
            var judged = new TextTable("model", "judgements>", "mean score>", "of learned choices>");
            foreach (var model in report.Judged)
            {
                judged.Add(
                    Clean(model.Model.Value),
                    Count(model.Count),
                    model.Mean.ToString("0.000", CultureInfo.InvariantCulture),
                    Count(model.Expecting)
                );
            }

            terminal.Table(judged);
        }
    }

    private static void Groups(
        Terminal terminal,
        ImmutableArray<ReportGroup> groups,
        Int128 whole,
        string what,
        bool calls = false,
        bool last = false
    )
    {
        var table = calls
            ? new TextTable(what, "calls>", "cost>", "share>")
            : new TextTable(what, "requests>", "failed>", "cost>", "share>", "saved>");
        var shown = last ? groups.TakeLast(MostRows) : groups.Take(MostRows);
        foreach (var group in shown)
        {
            string[] row =
            [
                Clean(group.Name),
                Count(group.Requests),
                Count(group.Failed),
                Amount.Text(group.Cost),
                Amount.Share(group.Cost, whole),
                Amount.Text(group.Saved),
            ];
            table.Add(calls ? [row[0], row[1], row[3], row[4]] : row);
        }

        terminal.Table(table);
        if (groups.Length > MostRows)
        {
            terminal.Line($"… and {groups.Length - MostRows} more; --json shows all.");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // A route or key name is whoever's text: it must not move the cursor.
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
}
