using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning.Reports;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    public static string Curve(PairReport report) =>
        Html.Table(
            ["router", "APGR", "10 bins", "11 thresholds", "CPT 20 %", "CPT 50 %", "CPT 80 %", "CPT 95 %"],
            report
                .Routers.Select(r =>
                    (string[])
                        [
                            Html.Escape(r.Name),
                            Html.Interval(r.Apgr),
                            Html.Number(r.ApgrTenBins),
                            Html.Number(r.Harness.Apgr),
                            Html.Percent(r.Cpt20.Value),
                            Html.PercentInterval(r.Cpt50),
                            Html.PercentInterval(r.Cpt80),
                            Html.Percent(r.Cpt95.Value),
                        ]
                )
                .Append(["random", "0.500", "0.500", "0.500", "20.0 %", "50.0 %", "80.0 %", "95.0 %"])
        );

    public static string Frontiers(PoolReport report) =>
        Html.Table(
            ["router", "saved at 100 %", "at 99 %", "at 95 %", "AIQ", "AIQ over single models"],
            report.Frontiers.Select(f =>
                (string[])
                    [
                        Html.Escape(f.Name),
                        Html.PercentInterval(f.Saved100),
                        Html.PercentInterval(f.Saved99),
                        Html.PercentInterval(f.Saved95),
                        Html.Number(f.Aiq.Value),
                        Html.Interval(f.AiqGain),
                    ]
            )
        );

    public static string Choices(PoolReport report) =>
        Html.Table(
            [
                "choice",
                "quality",
                report.Priced ? "USD / 1k" : "strong / 1k",
                "over mix",
                "regret",
                "gap closed",
                "violations",
                "under",
                "over",
                "entropy",
                "RouterArena",
            ],
            report.Rows.Select(r =>
            {
                ChoiceFigures f = r.Value;
                return (string[])
                    [
                        Html.Escape(r.Name),
                        Html.Interval(r.Of(v => v.Quality)),
                        Html.Amount(f.CostPerThousand),
                        Html.Interval(r.Of(v => v.OverMix)),
                        Html.Number(f.Regret),
                        Html.Number(f.GapClosed),
                        Html.Percent(f.Violations),
                        Html.Percent(f.UnderRouting),
                        Html.Percent(f.OverRouting),
                        Html.Number(f.Entropy),
                        Html.Number(f.Arena),
                    ];
            })
        );

    public static string Models(PoolReport report) =>
        Html.Table(
            ["model", "quality", report.Priced ? "USD / 1k" : "strong / 1k", "ECE (15 bins)", "Brier"],
            report.Models.Select(m =>
                (string[])
                    [
                        Html.Escape(m.Name),
                        Html.Interval(m.Quality),
                        Html.Amount(m.CostPerThousand),
                        Html.Number(m.Calibration?.Ece ?? double.NaN),
                        Html.Number(m.Calibration?.Brier ?? double.NaN),
                    ]
            ),
            own: 0
        );

    public static string Tasks(EvalSection section)
    {
        PoolReport report = section.Report;
        return Html.Table(
            [
                "task",
                section.Curve is null ? "router" : "router quality",
                .. section.Curve is null ? [] : new[] { "APGR", "TF-IDF APGR", "table APGR" },
                "best single",
                "best constant of task",
                "TF-IDF ridge",
                "oracle",
                "over mix",
                "under",
                "over",
                "ECE",
            ],
            report.Tasks.Select(t =>
            {
                PairReport.TaskRow? curve = section.Curve?.Tasks.FirstOrDefault(c => c.Task == t.Task);
                return (string[])
                    [
                        Html.Escape(t.Task),
                        Html.Interval(t.Router.Of(f => f.Quality)),
                        .. section.Curve is null
                            ? []
                            : new[]
                            {
                                curve is null ? "–" : Html.Interval(curve.Routers[0].Apgr),
                                Apgr(curve, 1),
                                Apgr(curve, 2),
                            },
                        Html.Number(t.BestSingle),
                        Html.Number(t.BestConstant),
                        Html.Number(t.Baseline),
                        Html.Number(t.Oracle),
                        Html.Interval(t.Router.Of(f => f.OverMix)),
                        Html.Percent(t.Router.Value.UnderRouting),
                        Html.Percent(t.Router.Value.OverRouting),
                        Html.Number(t.Calibration?.Ece ?? double.NaN),
                    ];
            }),
            own: 0
        );
    }

    private static string Apgr(PairReport.TaskRow? task, int router) =>
        task is not null && task.Routers.Count > router ? Html.Number(task.Routers[router].Apgr.Value) : "–";
}
