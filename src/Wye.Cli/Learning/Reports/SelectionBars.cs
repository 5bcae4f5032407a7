using System.Globalization;
using System.Text;
using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning.Reports;

/// <summary>Share of calls per model as bars: the router's above the oracle's, dearest model first.</summary>
internal static class SelectionBars
{
    private const double Width = 520;
    private const double NameWidth = 180;
    private const double RowHeight = 34;

    public static string Render(EvalSection section)
    {
        PoolOutcome pool = section.Routed.Outcome;
        int[] oracle = new PoolReference(pool).Oracle;
        var means = pool.Means();
        int[] models = [.. Enumerable.Range(0, pool.Models.Count).OrderByDescending(m => means[m].Cost)];
        var body = new StringBuilder();
        for (int i = 0; i < models.Length; i++)
        {
            int model = models[i];
            double y = 4 + (i * RowHeight);
            string name = pool.Models[model];
            body.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"name\" x=\"0\" y=\"{y + 17:F0}\">{Html.Escape(ReportCharts.Short(name))}<title>{Html.Escape(name)}</title></text>"
            );
            Bar(body, "router", Share(section.Report.Chosen, model), y + 2);
            Bar(body, "oracle", Share(oracle, model), y + 15);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width:F0} {(models.Length * RowHeight) + 6:F0}\" role=\"img\" aria-label=\"Share of calls per model\">{body}</svg>"
        );
    }

    private static double Share(int[] choices, int model) => choices.Count(c => c == model) / (double)choices.Length;

    private static void Bar(StringBuilder body, string style, double share, double y)
    {
        double width = share * (Width - NameWidth - 60);
        body.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{style} bar\" x=\"{NameWidth:F0}\" y=\"{y:F0}\" width=\"{width:F1}\" height=\"11\" rx=\"2\"/><text x=\"{NameWidth + width + 6:F1}\" y=\"{y + 10:F0}\">{Html.Percent(share)}</text>"
        );
    }
}
