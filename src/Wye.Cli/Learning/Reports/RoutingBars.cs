using System.Globalization;
using System.Text;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning.Reports;

/// <summary>Under- and over-routing per task as bars to the left and to the right.</summary>
internal static class RoutingBars
{
    private const int MostTasks = 24;
    private const double Width = 520;
    private const double NameWidth = 170;
    private const double RowHeight = 21;

    public static string Render(PoolReport report)
    {
        PoolReport.TaskRow[] tasks =
        [
            .. report
                .Tasks.OrderByDescending(t =>
                    (t.Router.Value.UnderRouting + t.Router.Value.OverRouting) * Math.Sqrt(Questions(t, report))
                )
                .Take(MostTasks)
                .OrderByDescending(t => t.Router.Value.UnderRouting),
        ];
        (string Name, double Under, double Over)[] rows =
        [
            ("all tasks", report.Rows[0].Value.UnderRouting, report.Rows[0].Value.OverRouting),
            .. tasks.Length > 1
                ? tasks.Select(t => (t.Task, t.Router.Value.UnderRouting, t.Router.Value.OverRouting))
                : [],
        ];
        double most = Math.Max(0.02, rows.Max(r => Math.Max(r.Under, r.Over)));
        double half = (Width - NameWidth - 110) / 2;
        double middle = NameWidth + 55 + half;
        double height = (rows.Length * RowHeight) + 10;
        var body = new StringBuilder();
        for (int i = 0; i < rows.Length; i++)
        {
            double y = 6 + (i * RowHeight);
            string name = rows[i].Name.Length <= 26 ? rows[i].Name : rows[i].Name[..25] + "…";
            double under = rows[i].Under / most * half;
            double over = rows[i].Over / most * half;
            body.Append(
                CultureInfo.InvariantCulture,
                $"""
                <text class="name" x="0" y="{y + 12:F0}">{Html.Escape(name)}<title>{Html.Escape(
                    rows[i].Name
                )}</title></text>
                <rect class="under bar" x="{middle - under - 1:F1}" y="{y
                    + 2:F0}" width="{under:F1}" height="13" rx="2"/>
                <rect class="overr bar" x="{middle + 1:F1}" y="{y + 2:F0}" width="{over:F1}" height="13" rx="2"/>
                <text x="{middle - under - 6:F1}" y="{y + 12:F0}" text-anchor="end">{Html.Percent(rows[i].Under)}</text>
                <text x="{middle + over + 6:F1}" y="{y + 12:F0}">{Html.Percent(rows[i].Over)}</text>
                """
            );
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width:F0} {height:F0}\" role=\"img\" aria-label=\"Under- and over-routing\">{body}<line class=\"axis\" x1=\"{middle:F1}\" x2=\"{middle:F1}\" y1=\"0\" y2=\"{height:F0}\"/></svg>"
        );
    }

    private static double Questions(PoolReport.TaskRow task, PoolReport report) =>
        report.Tasks.Count > 0
            ? Math.Max(1, task.ModelCalibrations.Count > 0 ? task.ModelCalibrations[0].Bins.Sum(b => b.Count) : 1)
            : 1;
}
