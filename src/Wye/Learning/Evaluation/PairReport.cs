using Wye.Learning.Metrics;
using Wye.Learning.Training.Corpora;

namespace Wye.Learning.Evaluation;

/// <summary>Figures of a pair evaluation: per router overall, and per task.</summary>
internal sealed record PairReport
{
    private const int FiguresPerRouter = 5;
    private const int LeastOfTask = 20;
    private const double LeastGap = 0.02;
    private static readonly double[] s_shares = [0.2, 0.5, 0.8, 0.95];

    /// <summary>Figures of one router over some questions.</summary>
    /// <param name="Name">Name of the router.</param>
    /// <param name="Count">Number of questions.</param>
    /// <param name="Apgr">Average performance gap recovered, exact.</param>
    /// <param name="ApgrTenBins">The same over ten bins.</param>
    /// <param name="Cpt20">Strong share that recovers 20 % of the gap.</param>
    /// <param name="Cpt50">… 50 %.</param>
    /// <param name="Cpt80">… 80 %.</param>
    /// <param name="Cpt95">… 95 %.</param>
    /// <param name="Harness">RouteLLM's own 11-threshold figures.</param>
    /// <param name="Curve">PGR at 0, 1, …, 100 % strong calls.</param>
    internal sealed record Row(
        string Name,
        int Count,
        Figure Apgr,
        double ApgrTenBins,
        Figure Cpt20,
        Figure Cpt50,
        Figure Cpt80,
        Figure Cpt95,
        RouteLlmHarness Harness,
        double[] Curve
    );

    /// <summary>One task with a gap worth routing for.</summary>
    internal sealed record TaskRow(string Task, double Weak, double Strong, IReadOnlyList<Row> Routers);

    /// <summary>Mean quality of weak.</summary>
    public required double Weak { get; init; }

    /// <summary>Mean quality of strong.</summary>
    public required double Strong { get; init; }

    /// <summary>Routers over all questions, the measured one first.</summary>
    public required IReadOnlyList<Row> Routers { get; init; }

    /// <summary>The measured router and the baselines per task; tasks without a gap are left out.</summary>
    public required IReadOnlyList<TaskRow> Tasks { get; init; }

    /// <summary>Tasks left out because strong is not better there, or because they are too small.</summary>
    public required IReadOnlyList<string> TasksLeftOut { get; init; }

    /// <summary>95 % interval of the router's APGR minus the TF-IDF baseline's, on the same resamples; NaN without one.</summary>
    public required Figure OverBaseline { get; init; }

    /// <summary>Figures of every router, or of the given ones, the measured one first.</summary>
    public static PairReport Of(
        Corpus corpus,
        PairEvaluation evaluation,
        IReadOnlyList<string>? routers = null,
        int resamples = 200,
        ulong seed = 1
    )
    {
        string main = routers is { Count: > 0 } ? routers[0] : PairEvaluation.Blend;
        string[] baselines =
        [
            .. new[] { PairEvaluation.TfIdf, PairEvaluation.TaskTable }.Where(evaluation.Scores.ContainsKey),
        ];
        string[] first = [main, .. baselines];
        string[] names = [.. first, .. (routers ?? [.. evaluation.Scores.Keys]).Except(first, StringComparer.Ordinal)];
        int[] every = [.. Enumerable.Range(0, evaluation.Items.Length)];
        (IReadOnlyList<Row> rows, Figure over) = Rows(evaluation, names, every, resamples, seed);
        var tasks = new List<TaskRow>();
        var leftOut = new List<string>();
        foreach (
            var task in every
                .GroupBy(i => corpus.Query(evaluation.Items[i]).Task, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            int[] positions = [.. task];
            double weak = positions.Average(i => (double)evaluation.Weak[i]);
            double strong = positions.Average(i => (double)evaluation.Strong[i]);
            if (positions.Length < LeastOfTask || strong - weak < LeastGap)
                leftOut.Add(task.Key);
            else
                tasks.Add(
                    new TaskRow(task.Key, weak, strong, Rows(evaluation, first, positions, resamples, seed).Rows)
                );
        }

        return new PairReport
        {
            Weak = every.Average(i => (double)evaluation.Weak[i]),
            Strong = every.Average(i => (double)evaluation.Strong[i]),
            Routers = rows,
            Tasks = tasks,
            TasksLeftOut = leftOut,
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
        float[] weak = Array.ConvertAll(positions, i => evaluation.Weak[i]);
        float[] strong = Array.ConvertAll(positions, i => evaluation.Strong[i]);
        float[][] scores = Array.ConvertAll(names, n => Array.ConvertAll(positions, i => evaluation.Scores[n][i]));
        PairOrder[] orders = Array.ConvertAll(scores, s => new PairOrder(s, weak, strong));
        int[] times = new int[positions.Length];
        double[] Measure(int[]? drawn)
        {
            Array.Fill(times, drawn is null ? 1 : 0);
            foreach (int d in drawn ?? [])
                times[d]++;
            double[] figures = new double[(names.Length * FiguresPerRouter) + 1];
            for (int n = 0; n < names.Length; n++)
            {
                PairCurve curve = orders[n].Curve(times);
                Span<double> own = figures.AsSpan(n * FiguresPerRouter, FiguresPerRouter);
                own[0] = curve.Apgr();
                for (int s = 0; s < s_shares.Length; s++)
                    own[s + 1] = curve.Cpt(s_shares[s]);
            }

            int baseline = Array.IndexOf(names, PairEvaluation.TfIdf);
            figures[^1] = baseline > 0 ? figures[0] - figures[baseline * FiguresPerRouter] : double.NaN;
            return figures;
        }

        double[] values = Measure(null);
        var intervals = PairedBootstrap.Intervals(positions.Length, Measure, resamples, seed);
        Figure At(int f) => new(values[f], intervals[f].Low, intervals[f].High);
        Row[] rows =
        [
            .. names.Select(
                (name, n) =>
                {
                    PairCurve curve = orders[n].Curve();
                    int at = n * FiguresPerRouter;
                    return new Row(
                        name,
                        positions.Length,
                        At(at),
                        curve.ApgrTenBins(),
                        At(at + 1),
                        At(at + 2),
                        At(at + 3),
                        At(at + 4),
                        RouteLlmHarness.Of(scores[n], weak, strong),
                        [
                            .. Enumerable
                                .Range(0, 101)
                                .Select(p => (curve.QualityAtShare(p / 100.0) - curve.WeakQuality) / curve.Gap),
                        ]
                    );
                }
            ),
        ];
        return (rows, At(names.Length * FiguresPerRouter));
    }
}
