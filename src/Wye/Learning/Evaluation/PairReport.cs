using Wye.Learning.Metrics;
using Wye.Learning.Training;

namespace Wye.Learning.Evaluation;

/// <summary>Figures of a pair evaluation: per router overall, and per task.</summary>
internal sealed record PairReport
{
    /// <summary>Figures of one router over some questions.</summary>
    internal sealed record Row(string Name, int Count, Figure Apgr, double ApgrTenBins, Figure Cpt50, Figure Cpt80);

    /// <summary>Mean quality of weak.</summary>
    public required double Weak { get; init; }

    /// <summary>Mean quality of strong.</summary>
    public required double Strong { get; init; }

    /// <summary>Routers over all questions, the blend first.</summary>
    public required IReadOnlyList<Row> Routers { get; init; }

    /// <summary>The blend and the baselines per task; tasks without a gap are left out.</summary>
    public required IReadOnlyList<(
        string Task,
        double Weak,
        double Strong,
        IReadOnlyList<Row> Routers
    )> Tasks { get; init; }

    /// <summary>95 % interval of the blend's APGR minus the TF-IDF baseline's, on the same resamples.</summary>
    public required Figure OverBaseline { get; init; }

    public static PairReport Of(Corpus corpus, PairEvaluation evaluation, int resamples = 200, ulong seed = 1)
    {
        string[] baselines =
        [
            .. new[] { PairEvaluation.TfIdf, PairEvaluation.TaskTable }.Where(evaluation.Scores.ContainsKey),
        ];
        string[] first = [PairEvaluation.Blend, .. baselines];
        string[] names = [.. first, .. evaluation.Scores.Keys.Except(first, StringComparer.Ordinal)];
        int[] every = [.. Enumerable.Range(0, evaluation.Items.Length)];
        (IReadOnlyList<Row> routers, Figure over) = Rows(evaluation, names, every, resamples, seed);
        var tasks = new List<(string, double, double, IReadOnlyList<Row>)>();
        foreach (
            var task in every
                .GroupBy(i => corpus.Query(evaluation.Items[i]).Task, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            int[] positions = [.. task];
            PairCurve curve = evaluation.Curve(PairEvaluation.Blend, positions);
            if (positions.Length < 20 || curve.StrongQuality - curve.WeakQuality < 0.01)
                continue;
            (IReadOnlyList<Row> rows, _) = Rows(evaluation, first, positions, resamples, seed);
            tasks.Add((task.Key, curve.WeakQuality, curve.StrongQuality, rows));
        }

        PairCurve whole = evaluation.Curve(PairEvaluation.Blend);
        return new PairReport
        {
            Weak = whole.WeakQuality,
            Strong = whole.StrongQuality,
            Routers = routers,
            Tasks = tasks,
            OverBaseline = over,
        };
    }

    private static (IReadOnlyList<Row> Rows, Figure OverBaseline) Rows(
        PairEvaluation evaluation,
        string[] names,
        int[] positions,
        int resamples,
        ulong seed
    )
    {
        double[] Measure(int[] drawn)
        {
            double[] figures = new double[(names.Length * 3) + 1];
            for (int n = 0; n < names.Length; n++)
            {
                PairCurve curve = evaluation.Curve(names[n], drawn);
                figures[n * 3] = curve.Apgr();
                figures[(n * 3) + 1] = curve.Cpt(0.5);
                figures[(n * 3) + 2] = curve.Cpt(0.8);
            }

            figures[^1] = names.Length > 1 ? figures[0] - figures[3] : double.NaN;
            return figures;
        }

        double[] values = Measure(positions);
        var intervals = PairedBootstrap.Intervals(
            positions.Length,
            drawn => Measure(Array.ConvertAll(drawn, d => positions[d])),
            resamples,
            seed
        );
        Figure At(int f) => new(values[f], intervals[f].Low, intervals[f].High);
        Row[] rows =
        [
            .. names.Select(
                (name, n) =>
                    new Row(
                        name,
                        positions.Length,
                        At(n * 3),
                        evaluation.Curve(name, positions).ApgrTenBins(),
                        At((n * 3) + 1),
                        At((n * 3) + 2)
                    )
            ),
        ];
        return (rows, At(names.Length * 3));
    }
}
