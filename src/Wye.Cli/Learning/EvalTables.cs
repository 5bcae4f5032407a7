using System.Globalization;
using Spectre.Console;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning;

/// <summary>Prints evaluation figures.</summary>
internal static class EvalTables
{
    public static void Write(IAnsiConsole console, string set, string[] pair, SplitPlan plan, PairReport report)
    {
        console.MarkupLineInterpolated(
            $"[bold]{set}[/]: {pair[0]} ({Text(report.Weak)}) → {pair[1]} ({Text(report.Strong)}), {Scheme(plan)}, n = {report.Routers[0].Count}"
        );
        Table table = Columns("router", "APGR", "10-bin", "CPT 50 %", "CPT 80 %");
        foreach (PairReport.Row row in report.Routers)
            Add(
                table,
                row.Name,
                row.Apgr.ToString(),
                Text(row.ApgrTenBins),
                row.Cpt50.ToString(),
                row.Cpt80.ToString()
            );
        console.Write(table);
        string over = report.Routers.Count > 1 ? $"blend − TF-IDF ridge, APGR: {report.OverBaseline}; " : "";
        console.MarkupLineInterpolated($"{over}a random router has 0.5 / 0.5 / 0.8");
        if (report.Tasks.Count < 2)
            return;
        Table tasks = Columns("task", "n", "weak", "strong", "blend APGR", "TF-IDF ridge", "task table");
        foreach (var (task, weak, strong, rows) in report.Tasks)
        {
            Add(
                tasks,
                task,
                rows[0].Count.ToString(CultureInfo.InvariantCulture),
                Text(weak),
                Text(strong),
                rows[0].Apgr.ToString(),
                rows.Count > 1 ? Text(rows[1].Apgr.Value) : "–",
                rows.Count > 2 ? Text(rows[2].Apgr.Value) : "–"
            );
        }

        console.Write(tasks);
    }

    public static void Write(IAnsiConsole console, string set, SplitPlan plan, PoolReport report)
    {
        console.MarkupLineInterpolated(
            $"[bold]{set}[/]: pool of {report.Models.Count}, {Scheme(plan)}, n = {report.Count}"
        );
        Table savings = Columns("cost saved at", "router", "random mix of singles", "task table (given the label)");
        Add(
            savings,
            "the best single's quality",
            report.Savings.Full.ToString(),
            Text(report.HullSavings.Full),
            Text(report.TableSavings.Full)
        );
        Add(
            savings,
            "99 % of it",
            report.Savings.Share99.ToString(),
            Text(report.HullSavings.Share99),
            Text(report.TableSavings.Share99)
        );
        Add(
            savings,
            "95 % of it",
            report.Savings.Share95.ToString(),
            Text(report.HullSavings.Share95),
            Text(report.TableSavings.Share95)
        );
        console.Write(savings);
        console.MarkupLineInterpolated($"AIQ over the hull of single models: {report.AiqGain.ToString()}");
        Table rows = Columns(
            "choice",
            "quality",
            "USD / 1k",
            "regret",
            "gap closed",
            "under",
            "over",
            "entropy",
            "RouterArena"
        );
        foreach (PoolReport.Row row in report.Rows)
        {
            var f = row.Figures;
            Add(
                rows,
                row.Name,
                Text(f.Quality),
                Text(f.CostPerThousand),
                Text(f.Regret),
                Text(f.GapClosed),
                Text(f.UnderRouting),
                Text(f.OverRouting),
                Text(f.Entropy),
                Text(f.Arena)
            );
        }

        console.Write(rows);
        Table models = Columns("model", "quality", "USD / 1k", "ECE (15 bins)", "Brier");
        foreach (var (model, quality, cost, calibration) in report.Models)
            Add(models, model, Text(quality), Text(cost), Text(calibration.Ece), Text(calibration.Brier));
        console.Write(models);
    }

    private static string Scheme(SplitPlan plan) =>
        $"{plan.Folds} folds{(plan.ColdTasks ? " of whole tasks" : "")}{(plan.TrainOn is { } n ? $", {n.ToString(CultureInfo.InvariantCulture)} labels" : "")}";

    private static Table Columns(params string[] names)
    {
        var table = new Table();
        foreach (string name in names)
            table.AddColumn(Markup.Escape(name));
        return table;
    }

    private static void Add(Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, Markup.Escape));

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
