using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace Wye.Cli.Reports;

/// <summary>A spending report as one HTML page that loads nothing and runs nothing.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2433; --dim: #667085; --line: #e3e7ee; --paper: #ffffff; --blue: #2f6fde; --grey: #b6c0d0; --band: #f2b13455; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7ebf3; --dim: #98a2b6; --line: #2b3446; --paper: #131926; --blue: #6ea0ff; --grey: #5a6780; --band: #f2b13440; } }
        body { margin: 0 auto; max-width: 920px; padding: 32px 24px 64px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 36px 0 10px; } p { margin: 4px 0; color: var(--dim); }
        .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 8px; } .tile { flex: 1 1 160px; border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
        .tile b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; } .tile span { color: var(--dim); font-size: 13px; }
        svg { width: 100%; height: auto; display: block; } .grid { stroke: var(--line); } .axis { fill: var(--dim); font-size: 11px; } .label { fill: var(--ink); font-size: 13px; }
        .bar { fill: var(--blue); } .other { fill: var(--grey); } .track { fill: var(--line); } .band { fill: var(--band); } .range { stroke: var(--ink); stroke-width: 2; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13.5px; } th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); text-align: right; }
        th { color: var(--dim); font-weight: 500; } th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; }
        """;

    public static string Write(SpendReport report)
    {
        var page = new StringBuilder();
        page.Append(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        );
        page.Append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        );
        page.Append("<title>Wye: spending</title><style>").Append(Style).Append("</style></head><body>");
        page.Append("<h1>Spending</h1>");
        page.Append(
            Inv(
                $"<p>{report.From:yyyy-MM-dd} to {report.Until.AddDays(-1):yyyy-MM-dd}, UTC days</p><div class=\"tiles\">"
            )
        );
        Tile(page, Amount.Text(report.Cost), "spent");
        Tile(
            page,
            Amount.Text(report.Saved.Expected),
            $"saved, {Amount.Text(report.Saved.Low)} to {Amount.Text(report.Saved.High)}"
        );
        Tile(page, Inv($"{report.Requests:N0}"), Inv($"requests, {report.Failed:N0} failed"));
        Tile(page, report.Requests == 0 ? "–" : Amount.Text(report.Cost / report.Requests), "per request");
        page.Append("</div>");
        foreach (var line in ReportWords.Lines(report))
        {
            page.Append("<p>").Append(Escape(line)).Append("</p>");
        }

        Part(page, "Paid, and what the strong model would have cost", SvgBars.Saved(report));
        Part(page, "By day", SvgBars.Days(report.ByDay));
        Part(page, "Answered by tier, with the target band", SvgBars.Tiers(report.ByTier));
        Part(page, "By model called", SvgBars.Groups("Spend by model", report.ByModel, report.Cost));
        Part(page, "By route", SvgBars.Groups("Spend by route", report.ByRoute, report.Cost));
        Part(page, "By key", SvgBars.Groups("Spend by key", report.ByKey, report.Cost));
        Part(page, "What the calls were for", SvgBars.Groups("Spend by role", report.ByRole, report.Cost));
        Table(page, "Routes", report.ByRoute);
        Table(page, "Keys", report.ByKey);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Tile(StringBuilder page, string figure, string what) =>
        page.Append("<div class=\"tile\"><b>")
            .Append(Escape(figure))
            .Append("</b><span>")
            .Append(Escape(what))
            .Append("</span></div>");

    private static void Part(StringBuilder page, string title, string svg) =>
        page.Append("<h2>").Append(Escape(title)).Append("</h2>").Append(svg);

    private static void Table(StringBuilder page, string title, ImmutableArray<ReportGroup> groups)
    {
        page.Append("<h2>")
            .Append(Escape(title))
            .Append("</h2><table><tr><th>name</th><th>requests</th><th>failed</th><th>cost</th><th>saved</th></tr>");
        foreach (var group in groups)
        {
            page.Append("<tr><td>").Append(Escape(group.Name)).Append("</td>");
            page.Append(
                Inv(
                    $"<td>{group.Requests:N0}</td><td>{group.Failed:N0}</td><td>{Amount.Text(group.Cost)}</td><td>{Amount.Text(group.Saved)}</td></tr>"
                )
            );
        }

        page.Append("</table>");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
