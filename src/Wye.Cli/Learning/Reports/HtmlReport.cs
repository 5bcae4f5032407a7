using System.Globalization;
using System.Text;
using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Evaluation;
using Wye.Quality.Files;

namespace Wye.Cli.Learning.Reports;

/// <summary>An evaluation as one HTML file that needs nothing else.</summary>
internal static class HtmlReport
{
    public static string Render(
        IReadOnlyList<EvalSection> sections,
        RouterManifest? manifest,
        ChampionGuard.Verdict? verdict,
        bool guarded
    )
    {
        string title = manifest is null ? "Router evaluation" : $"Router evaluation: {manifest.Name}";
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html.Escape(title)}</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <h1>{Html.Escape(title)}</h1>
            <p class="soft">Every figure is measured on questions the router had not seen. Small print: 95 % interval, paired bootstrap over questions.</p>

            """
        );
        if (guarded)
            page.Append(CultureInfo.InvariantCulture, $"<p>{Html.Escape(GuardWords.Of(verdict))}.</p>\n");
        foreach (EvalSection section in sections)
            Section(page, section);
        page.Append("<footer>\n");
        foreach (EvalSection section in sections)
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p>{Html.Escape(section.Set.Name)}: SHA-256 {section.Set.Hash}</p>\n"
            );
        page.Append(
            "<p>Written by wye eval. The figures are explained in docs/evaluation.md.</p>\n</footer>\n</main>\n</body>\n</html>\n"
        );
        return page.ToString();
    }

    private static void Section(StringBuilder page, EvalSection section)
    {
        PoolReport report = section.Report;
        page.Append(
            CultureInfo.InvariantCulture,
            $"<section>\n<h2>{Html.Escape(section.Title)}</h2>\n<p class=\"soft\">{report.Count:#,0} questions · {Html.Escape(section.Scheme)}{(section.LeftOut > 0 ? $" · {section.LeftOut:#,0} trained on, left out" : "")} · {(report.Priced ? "cost as the data records it" : "no prices in the data: a strong call counts 1, a weak one 0")}</p>\n"
        );
        Tiles(page, section);
        page.Append("<div class=\"charts\">\n");
        Card(
            page,
            "Quality over cost",
            $"Dots are single models; the ring is the router {report.OperatingPoint}.",
            ReportCharts.Frontier(section),
            [.. Lines(report.Frontiers.Select(f => f.Name), report.Router), ("oracle point", "oracle")]
        );
        // Of two models that are equally good there is no gap to draw.
        if (section.Curve is { } curve && double.IsFinite(curve.Routers[0].Apgr.Value))
            Card(
                page,
                "Gap recovered",
                "Share of the quality between weak and strong, over the share of calls that go to strong.",
                ReportCharts.Gap(curve),
                [.. Lines(curve.Routers.Take(3).Select(r => r.Name).Append("random"), curve.Routers[0].Name)]
            );
        if (report.Calibration is not null)
            Card(
                page,
                "Calibration",
                "On the dashed line a predicted quality means what it says. Larger dots stand for more estimates.",
                ReportCharts.Reliability(report),
                [("router", "all models"), ("model", "each model"), ("mix dash", "perfect")]
            );
        Card(
            page,
            "Under- and over-routing",
            "Left: a cheaper model was chosen and did worse than the best single. Right: the best single was chosen where a cheaper one would have done.",
            RoutingBars.Render(report),
            [("under", "under-routing"), ("overr", "over-routing")]
        );
        if (section.Pair is null)
            Card(
                page,
                "Who is chosen",
                FormattableString.Invariant(
                    $"Share of calls per model, {report.OperatingPoint}; entropy {report.Rows[0].Value.Entropy:F2} of 1."
                ),
                SelectionBars.Render(section),
                [("router", report.Router), ("oracle", "oracle")]
            );
        page.Append("</div>\n");
        if (section.Curve is { } rows)
            Card(
                page,
                "Gap recovered",
                "CPT: strong calls needed to recover a share of the gap.",
                ReportTables.Curve(rows)
            );
        Card(
            page,
            "Cost saved at a share of the best single model's quality",
            "AIQ: mean quality of the frontier over the whole range of cost.",
            ReportTables.Frontiers(report)
        );
        Card(
            page,
            "Choices",
            FormattableString.Invariant(
                $"Over mix: quality above the random mix of single models of the same cost. Violation: quality below {report.Bar}."
            ),
            ReportTables.Choices(report)
        );
        if (report.Tasks.Count > 1)
            Card(
                page,
                "Per task",
                $"The router is not told the task; {report.OperatingPoint}. The best constant of the task is told it.",
                ReportTables.Tasks(section)
            );
        Card(page, "Models", "ECE and Brier: how well the router foretells each model.", ReportTables.Models(report));
        page.Append("</section>\n");
    }

    private static void Tiles(StringBuilder page, EvalSection section)
    {
        PoolReport report = section.Report;
        PoolReport.Row own = report.Rows[0];
        page.Append("<div class=\"tiles\">\n");
        if (section.Curve is { } curve)
        {
            Tile(
                page,
                Html.Number(curve.Routers[0].Apgr.Value),
                $"gap recovered on average (APGR); random 0.5, {Range(curve.Routers[0].Apgr)}"
            );
            Tile(
                page,
                Html.Percent(curve.Routers[0].Cpt80.Value),
                "of calls to strong recover 80 % of the gap; random 80 %"
            );
        }
        else
        {
            PoolReport.Frontier f = report.Frontiers[0];
            Tile(
                page,
                Html.Percent(f.Saved99.Value),
                $"of cost saved at 99 % of the best single's quality, {PercentRange(f.Saved99)}"
            );
            Tile(page, Html.Percent(f.Saved100.Value), $"saved at its full quality, {PercentRange(f.Saved100)}");
        }

        Figure mix = own.Of(f => f.OverMix);
        Tile(page, Html.Number(mix.Value), $"quality above the random mix of the same cost, {Range(mix)}");
        if (report.Calibration is { } calibration)
            Tile(page, Html.Number(calibration.Ece), "calibration error of the predicted qualities (ECE)");
        Tile(
            page,
            string.Create(CultureInfo.InvariantCulture, $"{section.Timing.P50:F0} µs"),
            string.Create(CultureInfo.InvariantCulture, $"per decision, p99 {section.Timing.P99:F0} µs")
        );
        if (section.Perturbation is { } perturbation)
            Tile(
                page,
                Html.Percent(perturbation.Unchanged),
                "of choices unchanged by white space, case and politeness"
            );
        if (section.Drift is { } drift)
            Tile(
                page,
                Html.Number(drift.Psi),
                $"drift (PSI); strong share {Html.Percent(drift.RealisedShare)}, calibrated {Html.Percent(drift.CalibratedShare)}",
                drift.Psi > 0.25
            );
        if (report.Collapsed)
            Tile(page, "collapsed", "nearly every call goes to one model", alarm: true);
        page.Append("</div>\n");
    }

    private static void Tile(StringBuilder page, string value, string words, bool alarm = false) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"tile{(alarm ? " alarm" : "")}\"><b>{Html.Escape(value)}</b><span>{Html.Escape(words)}</span></div>\n"
        );

    private static void Card(
        StringBuilder page,
        string title,
        string words,
        string body,
        (string Class, string Text)[]? legend = null
    ) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"card\"><h3>{Html.Escape(title)}</h3><p>{Html.Escape(words)}</p>{(legend is null ? "" : Html.Legend(legend))}{body}</div>\n"
        );

    private static IEnumerable<(string Class, string Text)> Lines(IEnumerable<string> names, string router) =>
        names.Select(n => (ReportCharts.Style(n, router) is var style && style is "mix" ? "mix dash" : style, n));

    private static string Range(Figure figure) =>
        double.IsFinite(figure.Low) ? $"{Html.Number(figure.Low)} to {Html.Number(figure.High)}" : "no interval";

    private static string PercentRange(Figure figure) =>
        double.IsFinite(figure.Low) ? $"{Html.Percent(figure.Low)} to {Html.Percent(figure.High)}" : "no interval";
}
