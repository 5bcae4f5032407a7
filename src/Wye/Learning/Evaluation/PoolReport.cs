using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>Figures of routers and of what needs no router on one pool of models.</summary>
internal sealed record PoolReport
{
    /// <summary>One way to choose, with 95 % intervals.</summary>
    internal sealed record Row(string Name, ChoiceFigures Value, ChoiceFigures Low, ChoiceFigures High)
    {
        /// <summary>One figure with its interval.</summary>
        public Figure Of(Func<ChoiceFigures, double> pick) => new(pick(Value), pick(Low), pick(High));
    }

    /// <summary>A whole frontier: share of cost saved at 100, 99 and 95 % of the best single's quality, and AIQ.</summary>
    internal sealed record Frontier(
        string Name,
        Figure Saved100,
        Figure Saved99,
        Figure Saved95,
        Figure Aiq,
        Figure AiqGain,
        IReadOnlyList<(double Quality, double Cost)> Points
    );

    /// <summary>One model: observed, and how well the router foretells it.</summary>
    internal sealed record Model(string Name, Figure Quality, double CostPerThousand, CalibrationError? Calibration);

    /// <summary>One task at the operating point.</summary>
    internal sealed record TaskRow(
        string Task,
        Row Router,
        double BestSingle,
        double BestConstant,
        double Baseline,
        double Oracle,
        CalibrationError? Calibration,
        IReadOnlyList<CalibrationError> ModelCalibrations
    );

    /// <summary>Number of questions.</summary>
    public required int Count { get; init; }

    /// <summary>Whether costs are USD; else they count strong calls.</summary>
    public required bool Priced { get; init; }

    /// <summary>Quality an answer must have, for the violation rate.</summary>
    public required double Bar { get; init; }

    /// <summary>Name of the measured router.</summary>
    public required string Router { get; init; }

    /// <summary>What the operating point is, in words.</summary>
    public required string OperatingPoint { get; init; }

    /// <summary>The measured router first, baselines, the random mix last.</summary>
    public required IReadOnlyList<Frontier> Frontiers { get; init; }

    /// <summary>The router at its operating point first; then other points, baselines, constants, oracle.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The models of the pool.</summary>
    public required IReadOnlyList<Model> Models { get; init; }

    /// <summary>Calibration over all models together; null when the router predicts no quality.</summary>
    public required CalibrationError? Calibration { get; init; }

    /// <summary>Per task.</summary>
    public required IReadOnlyList<TaskRow> Tasks { get; init; }

    /// <summary>Choice per question at the operating point.</summary>
    public required int[] Chosen { get; init; }

    /// <summary>Whether at the operating point nearly all calls go to one model.</summary>
    public bool Collapsed => Rows[0].Value.Entropy < ChoiceFigures.CollapseBelow;

    public static PoolReport Of(
        RoutedQuestions routed,
        OperatingPoint? point = null,
        double bar = 0.5,
        int resamples = 200,
        ulong seed = 1
    )
    {
        PoolOutcome pool = routed.Outcome;
        var reference = new PoolReference(pool, routed.Priced);
        point ??= Evaluation.OperatingPoint.Of(routed, reference);
        var rules = new ChoiceRules(routed, reference, point);
        FrontierMeasure frontiers = new(routed, reference);
        Row[] rows = Measured(reference, rules.All, bar, resamples, seed);
        double[] values = frontiers.Measure(null);
        var intervals = PairedBootstrap.Intervals(pool.Count, frontiers.Measure, resamples, seed);
        return new PoolReport
        {
            Count = pool.Count,
            Priced = routed.Priced,
            Bar = bar,
            Router = routed.Routers[0].Name,
            OperatingPoint = ChoiceRules.Words(routed, point),
            Frontiers = frontiers.Named(values, intervals),
            Rows = rows,
            Models = ModelRows(routed, resamples, seed),
            Calibration = Calibrated(routed, null, null),
            Tasks = TaskRows(routed, reference, rules, bar, resamples, seed),
            Chosen = rules.All[0].Choices,
        };
    }

    private static Row[] Measured(
        PoolReference reference,
        IReadOnlyList<(string Name, int[] Choices)> rules,
        double bar,
        int resamples,
        ulong seed,
        int[]? among = null
    )
    {
        double[] Measure(int[]? drawn)
        {
            var means = reference.Pool.Means(drawn);
            return [.. rules.SelectMany(r => ChoiceFigures.Of(reference, means, r.Choices, drawn, bar).ToArray())];
        }

        double[] values = Measure(among);
        var intervals = PairedBootstrap.Intervals(
            among?.Length ?? reference.Pool.Count,
            drawn => Measure(among is null ? drawn : Array.ConvertAll(drawn, d => among[d])),
            resamples,
            seed
        );
        double[] low = Array.ConvertAll(intervals, i => i.Low);
        double[] high = Array.ConvertAll(intervals, i => i.High);
        return
        [
            .. rules.Select(
                (rule, r) =>
                {
                    int at = r * ChoiceFigures.Width;
                    return new Row(
                        rule.Name,
                        ChoiceFigures.FromArray(values.AsSpan(at)),
                        ChoiceFigures.FromArray(low.AsSpan(at)),
                        ChoiceFigures.FromArray(high.AsSpan(at))
                    );
                }
            ),
        ];
    }

    private static List<TaskRow> TaskRows(
        RoutedQuestions routed,
        PoolReference reference,
        ChoiceRules rules,
        double bar,
        int resamples,
        ulong seed
    )
    {
        var tasks = new List<TaskRow>();
        foreach (
            var task in Enumerable
                .Range(0, routed.Tasks.Length)
                .GroupBy(i => routed.Tasks[i], StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            int[] among = [.. task];
            Row router = Measured(reference, [rules.All[0]], bar, resamples, seed, among)[0];
            double Quality(int[] choices) =>
                among.Average(i => (double)routed.Outcome.Quality[(i * routed.Outcome.Models.Count) + choices[i]]);
            tasks.Add(
                new TaskRow(
                    task.Key,
                    router,
                    Quality(rules.BestSingle),
                    routed.TaskConstant.Length > 0 ? Quality(routed.TaskConstant) : double.NaN,
                    rules.Baseline is { } baseline ? Quality(baseline) : double.NaN,
                    Quality(reference.Oracle),
                    Calibrated(routed, among, null),
                    routed.Quality.Length == 0
                        ? []
                        :
                        [
                            .. Enumerable
                                .Range(0, routed.Outcome.Models.Count)
                                .Select(m => Calibrated(routed, among, m)!),
                        ]
                )
            );
        }

        return tasks;
    }

    private static Model[] ModelRows(RoutedQuestions routed, int resamples, ulong seed)
    {
        PoolOutcome pool = routed.Outcome;
        var means = pool.Means();
        var intervals = PairedBootstrap.Intervals(
            pool.Count,
            drawn => Array.ConvertAll(pool.Means(drawn), m => m.Quality),
            resamples,
            seed
        );
        return
        [
            .. pool.Models.Select(
                (name, m) =>
                    new Model(
                        name,
                        new Figure(means[m].Quality, intervals[m].Low, intervals[m].High),
                        means[m].Cost * 1000,
                        Calibrated(routed, null, m)
                    )
            ),
        ];
    }

    // Of one model, or of all together; on some questions, or on all.
    private static CalibrationError? Calibrated(RoutedQuestions routed, int[]? among, int? model)
    {
        if (routed.Quality.Length == 0)
            return null;
        int width = routed.Outcome.Models.Count;
        int[] cells =
        [
            .. (among ?? Enumerable.Range(0, routed.Outcome.Count)).SelectMany(i =>
                model is { } m ? [(i * width) + m] : Enumerable.Range(i * width, width)
            ),
        ];
        return CalibrationError.Of(
            Array.ConvertAll(cells, c => routed.Quality[c]),
            Array.ConvertAll(cells, c => routed.Outcome.Quality[c])
        );
    }
}
