using System.Globalization;
using Wye.Cli.Terminals;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Prints evaluation figures.</summary>
internal sealed class EvalTables(Terminal terminal)
{
    public void Write(EvalSection section, EvalRequest request)
    {
        PoolReport report = section.Report;
        terminal.Heading($"{section.Title}, n = {Text(report.Count)}");
        terminal.Line(section.Scheme + (section.LeftOut > 0 ? $"; {Text(section.LeftOut)} trained on, left out" : ""));
        terminal.Line(
            report.Priced
                ? "cost: as the data records it"
                : "cost: the data has no prices; a strong call counts 1, a weak one 0"
        );
        if (section.Curve is { } curve)
            Curve(curve, request.RouteLlm);
        Frontiers(report);
        Choices(report);
        Models(report);
        Tasks(section);
        Operations(section);
    }

    private void Curve(PairReport report, bool harness)
    {
        terminal.Heading($"gap recovered: weak {Text(report.Weak)}, strong {Text(report.Strong)} (95 % intervals)");
        var table = new TextTable("router", "APGR>", "10-bin>", "CPT 20 %>", "CPT 50 %>", "CPT 80 %>", "CPT 95 %>");
        foreach (PairReport.Row row in report.Routers)
        {
            table.Add(
                row.Name,
                row.Apgr.ToString(),
                Text(row.ApgrTenBins),
                Text(row.Cpt20.Value),
                row.Cpt50.ToString(),
                row.Cpt80.ToString(),
                Text(row.Cpt95.Value)
            );
        }

        table.Add("random", "0.500", "0.500", "0.200", "0.500", "0.800", "0.950");
        terminal.Table(table);
        if (double.IsFinite(report.OverBaseline.Value))
            terminal.Line($"{report.Routers[0].Name} − {PairEvaluation.TfIdf}, APGR: {report.OverBaseline}");
        if (harness)
            Harness(report);
        if (report.Tasks.Count + report.TasksLeftOut.Count < 2)
            return;
        var tasks = new TextTable("task", "n>", "weak>", "strong>", "APGR>", "TF-IDF ridge>", "task table>");
        foreach (PairReport.TaskRow task in report.Tasks)
        {
            tasks.Add(
                task.Task,
                Text(task.Routers[0].Count),
                Text(task.Weak),
                Text(task.Strong),
                task.Routers[0].Apgr.ToString(),
                task.Routers.Count > 1 ? Text(task.Routers[1].Apgr.Value) : "–",
                task.Routers.Count > 2 ? Text(task.Routers[2].Apgr.Value) : "–"
            );
        }

        terminal.Heading("gap recovered per task");
        terminal.Table(tasks);
        if (report.TasksLeftOut.Count > 0)
            terminal.Line(
                $"without a gap of 2 points, or fewer than 20 questions: {string.Join(", ", report.TasksLeftOut)}"
            );
    }

    private void Harness(PairReport report)
    {
        terminal.Heading("as RouteLLM's harness measures (11 quantile thresholds), beside the exact curve");
        var table = new TextTable("router", "APGR>", "exact>", "20 %>", "50 %>", "80 %>");
        foreach (PairReport.Row row in report.Routers)
        {
            table.Add(
                row.Name,
                Text(row.Harness.Apgr),
                Text(row.Apgr.Value),
                Percent(row.Harness.Cpt.Share20),
                Percent(row.Harness.Cpt.Share50),
                Percent(row.Harness.Cpt.Share80)
            );
        }

        terminal.Table(table);
    }

    private void Frontiers(PoolReport report)
    {
        terminal.Heading("cost saved at a share of the best single model's quality");
        var table = new TextTable("router", "100 %>", "99 %>", "95 %>", "AIQ>", "AIQ over singles>");
        foreach (PoolReport.Frontier frontier in report.Frontiers)
        {
            table.Add(
                frontier.Name,
                frontier.Saved100.ToString(),
                frontier.Saved99.ToString(),
                frontier.Saved95.ToString(),
                Text(frontier.Aiq.Value),
                frontier.AiqGain.ToString()
            );
        }

        terminal.Table(table);
    }

    private void Choices(PoolReport report)
    {
        terminal.Heading(FormattableString.Invariant($"choices (violation: quality below {report.Bar})"));
        var table = new TextTable(
            "choice",
            "quality>",
            report.Priced ? "USD/1k>" : "strong/1k>",
            "over mix>",
            "regret>",
            "gap closed>",
            "violations>",
            "under>",
            "over>",
            "entropy>",
            "arena>"
        );
        foreach (PoolReport.Row row in report.Rows)
        {
            ChoiceFigures f = row.Value;
            table.Add(
                row.Name,
                row.Of(v => v.Quality).ToString(),
                Text(f.CostPerThousand),
                row.Of(v => v.OverMix).ToString(),
                Text(f.Regret),
                Text(f.GapClosed),
                Text(f.Violations),
                Text(f.UnderRouting),
                Text(f.OverRouting),
                Text(f.Entropy),
                Text(f.Arena)
            );
        }

        terminal.Table(table);
        if (report.Collapsed)
            terminal.Line(
                "alarm: the router has collapsed; at its operating point nearly every call goes to one model"
            );
    }

    private void Models(PoolReport report)
    {
        terminal.Heading("models, and how well the router foretells them (15 bins)");
        var table = new TextTable("model", "quality>", report.Priced ? "USD/1k>" : "strong/1k>", "ECE>", "Brier>");
        foreach (PoolReport.Model model in report.Models)
        {
            table.Add(
                model.Name,
                model.Quality.ToString(),
                Text(model.CostPerThousand),
                Text(model.Calibration?.Ece ?? double.NaN),
                Text(model.Calibration?.Brier ?? double.NaN)
            );
        }

        terminal.Table(table);
    }

    private void Tasks(EvalSection section)
    {
        PoolReport report = section.Report;
        if (report.Tasks.Count < 2)
            return;
        terminal.Heading($"per task, {report.OperatingPoint}");
        var table = new TextTable(
            "task",
            "router>",
            "best single>",
            "best constant>",
            "TF-IDF>",
            "oracle>",
            "over mix>",
            "under>",
            "over>",
            "ECE>"
        );
        foreach (PoolReport.TaskRow task in report.Tasks)
        {
            table.Add(
                task.Task,
                task.Router.Of(f => f.Quality).ToString(),
                Text(task.BestSingle),
                Text(task.BestConstant),
                Text(task.Baseline),
                Text(task.Oracle),
                task.Router.Of(f => f.OverMix).ToString(),
                Text(task.Router.Value.UnderRouting),
                Text(task.Router.Value.OverRouting),
                Text(task.Calibration?.Ece ?? double.NaN)
            );
        }

        terminal.Table(table);
    }

    private void Operations(EvalSection section)
    {
        terminal.Heading("operations");
        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"decision: p50 {section.Timing.P50:F0} µs, p99 {section.Timing.P99:F0} µs over {section.Timing.Decisions} prompts on one thread"
            )
        );
        if (section.Drift is { } drift)
            terminal.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"drift: PSI {drift.Psi:F3}{(drift.Psi > 0.25 ? " (above 0.25: the traffic has changed, calibrate again)" : "")}; strong share {drift.RealisedShare:P1}, calibrated {drift.CalibratedShare:P1}"
                )
            );
        if (section.Perturbation is not { } perturbation)
            return;
        var table = new TextTable("harmless change", "unchanged choices>");
        foreach (var (change, unchanged) in perturbation.Changes)
            table.Add(change, Percent(unchanged));
        table.Add($"all, {Text(perturbation.Questions)} questions", Percent(perturbation.Unchanged));
        terminal.Table(table);
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => Figure.Text(value);
}
