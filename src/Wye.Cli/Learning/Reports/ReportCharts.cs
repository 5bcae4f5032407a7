using System.Globalization;
using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning.Reports;

/// <summary>The charts of a report.</summary>
internal static class ReportCharts
{
    /// <summary>Quality over cost: single models, their random mix, routers, oracle.</summary>
    public static string Frontier(EvalSection section)
    {
        PoolReport report = section.Report;
        PoolReport.Row own = report.Rows[0];
        PoolReport.Row oracle = report.Rows[^1];
        double[] costs = [.. report.Models.Select(m => m.CostPerThousand), oracle.Value.CostPerThousand];
        double[] qualities = [.. report.Models.Select(m => m.Quality.Value), oracle.Value.Quality, own.Value.Quality];
        double positive = costs.Where(c => c > 0).DefaultIfEmpty(1).Min();
        bool logarithmic = section.Pair is null && costs.Min() > 0 && costs.Max() / positive > 8;
        double room = (qualities.Max() - qualities.Min()) * 0.08;
        var chart = new SvgChart(
            logarithmic ? (positive / 1.3, costs.Max() * 1.3) : (Math.Min(0, costs.Min()), costs.Max() * 1.04),
            (qualities.Min() - room, Math.Min(1.005, qualities.Max() + room)),
            report.Priced ? "USD per 1,000 calls" + (logarithmic ? " (logarithmic)" : "") : "strong calls per 1,000",
            "mean quality",
            logarithmic
        );
        foreach (PoolReport.Frontier frontier in report.Frontiers.Reverse())
        {
            string style = Style(frontier.Name, report.Router);
            // Only what is worth having: a point that costs more and brings less is no operating point.
            var hull = frontier
                .Points.OrderBy(p => p.Cost)
                .ThenByDescending(p => p.Quality)
                .Aggregate(
                    new List<(double Quality, double Cost)>(),
                    static (kept, p) =>
                    {
                        if (kept.Count == 0 || p.Quality > kept[^1].Quality)
                            kept.Add(p);
                        return kept;
                    }
                );
            var points = style is "mix" ? Dense(hull) : hull;
            chart.Path(style is "mix" ? "mix dash" : style, points.Select(p => (p.Cost * 1000, p.Quality)));
        }

        foreach (PoolReport.Model model in report.Models)
            chart.Dot(
                "model",
                model.CostPerThousand,
                model.Quality.Value,
                Tip(model.Name, model.CostPerThousand, model.Quality)
            );
        chart.Dot(
            "oracle",
            oracle.Value.CostPerThousand,
            oracle.Value.Quality,
            Tip("oracle", oracle.Value.CostPerThousand, oracle.Of(f => f.Quality)),
            5.5
        );
        chart.Ring(
            "router",
            own.Value.CostPerThousand,
            own.Value.Quality,
            Tip(own.Name, own.Value.CostPerThousand, own.Of(f => f.Quality))
        );
        chart.Name("oracle", oracle.Value.CostPerThousand, oracle.Value.Quality);
        foreach (PoolReport.Model model in report.Models.OrderByDescending(m => m.Quality.Value))
            chart.Name(Short(model.Name), model.CostPerThousand, model.Quality.Value);
        return chart.Render("Quality over cost");
    }

    /// <summary>Share of the gap recovered over the share of strong calls.</summary>
    public static string Gap(PairReport report)
    {
        double low = Math.Min(0, report.Routers.Take(3).Min(r => r.Curve.Min()));
        double high = Math.Max(1, report.Routers.Take(3).Max(r => r.Curve.Max()));
        var chart = new SvgChart(
            (0, 100),
            (Math.Max(-0.4, low) * 100, Math.Min(1.6, high) * 100 * 1.02),
            "calls to strong, %",
            "gap recovered, %"
        );
        chart.Path("mix dash", [(0, 0), (100, 100)]);
        foreach (PairReport.Row row in report.Routers.Take(3).Reverse())
            chart.Path(Style(row.Name, report.Routers[0].Name), row.Curve.Select((v, i) => ((double)i, v * 100)));
        PairReport.Row own = report.Routers[0];
        foreach (var (pgr, cpt) in (ReadOnlySpan<(double, Figure)>)[(50, own.Cpt50), (80, own.Cpt80)])
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{pgr:0} % at {cpt.Value * 100:0} % of calls");
            chart.Dot("router", cpt.Value * 100, pgr, text, 5).Name(text, cpt.Value * 100, pgr);
        }

        return chart.Render("Gap recovered over strong calls");
    }

    /// <summary>Observed over predicted quality, all models together and each alone.</summary>
    public static string Reliability(PoolReport report)
    {
        var chart = new SvgChart((0, 1), (0, 1), "predicted quality", "observed quality");
        chart.Path("mix dash", [(0, 0), (1, 1)]);
        foreach (PoolReport.Model model in report.Models)
        {
            if (model.Calibration is { } calibration)
                chart.Path(
                    "model thin",
                    calibration.Bins.Where(b => b.Count >= 20).Select(b => (b.Predicted, b.Observed))
                );
        }

        if (report.Calibration is not { } all)
            return chart.Render("Calibration");
        chart.Path("router", all.Bins.Where(b => b.Count >= 20).Select(b => (b.Predicted, b.Observed)));
        double most = all.Bins.Max(b => b.Count);
        foreach (var (predicted, observed, count) in all.Bins)
        {
            chart.Dot(
                "router",
                predicted,
                observed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"predicted {predicted:F3}, observed {observed:F3}, {count} estimates"
                ),
                2.5 + (6 * Math.Sqrt(count / most))
            );
        }

        return chart.Render("Calibration");
    }

    /// <summary>Class of a router's line.</summary>
    public static string Style(string name, string router) =>
        name == router ? "router"
        : name == PairEvaluation.TfIdf ? "ridge"
        : name == PairEvaluation.TaskTable ? "table"
        : name.StartsWith("random", StringComparison.Ordinal) ? "mix"
        : "oracle";

    /// <summary>A model's name without its date, at most 26 characters.</summary>
    public static string Short(string name)
    {
        string[] parts = name.Split('-');
        int kept = parts.Length;
        while (kept > 1 && parts[kept - 1].Length is 2 or 4 or 8 && parts[kept - 1].All(char.IsAsciiDigit) && kept > 2)
            kept--;
        string text = string.Join('-', parts.Take(kept));
        return text.Length <= 26 ? text : text[..25] + "…";
    }

    // A straight line between models is a curve on a logarithmic axis.
    private static List<(double Quality, double Cost)> Dense(List<(double Quality, double Cost)> corners)
    {
        var dense = new List<(double, double)>();
        for (int i = 1; i < corners.Count; i++)
        {
            for (int step = 0; step <= 24; step++)
            {
                double share = step / 24.0;
                dense.Add(
                    (
                        corners[i - 1].Quality + (share * (corners[i].Quality - corners[i - 1].Quality)),
                        corners[i - 1].Cost + (share * (corners[i].Cost - corners[i - 1].Cost))
                    )
                );
            }
        }

        return dense.Count > 0 ? dense : corners;
    }

    private static string Tip(string name, double cost, Figure quality) =>
        $"{name}: quality {quality}, {Html.Amount(cost)} per 1,000 calls";
}
