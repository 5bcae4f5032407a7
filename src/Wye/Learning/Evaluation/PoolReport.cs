using Wye.Learning.Metrics;
using Wye.Learning.Training;

namespace Wye.Learning.Evaluation;

/// <summary>Figures of a pool evaluation.</summary>
internal sealed record PoolReport
{
    /// <summary>One way to choose: its name and what it did.</summary>
    internal sealed record Row(string Name, ChoiceFigures Figures);

    /// <summary>Number of questions.</summary>
    public required int Count { get; init; }

    /// <summary>Share of cost saved at the best single's quality, at 99 % and at 95 % of it.</summary>
    public required (Figure Full, Figure Share99, Figure Share95) Savings { get; init; }

    /// <summary>The same for the random mix along the hull of single models.</summary>
    public required (double Full, double Share99, double Share95) HullSavings { get; init; }

    /// <summary>The same for the per-topic table that is told the label.</summary>
    public required (double Full, double Share99, double Share95) TableSavings { get; init; }

    /// <summary>AIQ of the router minus AIQ of the hull of single models.</summary>
    public required Figure AiqGain { get; init; }

    /// <summary>Best single, cheapest, router at equal quality, oracle and the rest.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Expected calibration error and Brier score per model.</summary>
    public required IReadOnlyList<(
        string Model,
        double Quality,
        double CostPerThousand,
        CalibrationError Calibration
    )> Models { get; init; }

    /// <summary>Router's operating points.</summary>
    public required IReadOnlyList<(double Lambda, double Quality, double Cost)> Points { get; init; }

    /// <summary>Choice per item at the operating point of least cost that keeps the best single's quality.</summary>
    public required int[] Chosen { get; init; }

    public static PoolReport Of(Corpus corpus, PoolEvaluation evaluation, int resamples = 100, ulong seed = 1)
    {
        PoolOutcome pool = evaluation.Outcome;
        int models = pool.Models.Count;
        int best = pool.BestSingle();
        var points = pool.Sweep(evaluation.Quality, evaluation.Cost);
        double[] values = Measure(pool, evaluation.Quality, evaluation.Cost);
        var intervals = PairedBootstrap.Intervals(
            pool.Count,
            drawn =>
            {
                PoolOutcome part = new(pool.Models, Pick(pool.Quality, drawn, models), Pick(pool.Cost, drawn, models));
                return Measure(part, Pick(evaluation.Quality, drawn, models), Pick(evaluation.Cost, drawn, models));
            },
            resamples,
            seed
        );
        Figure At(int i) => new(values[i], intervals[i].Low, intervals[i].High);
        var hull = new CostQualityHull(
            Enumerable.Range(0, models).Select(m => (pool.Constant(m).Cost, pool.Constant(m).Quality))
        );
        (double bestQuality, double bestCost) = pool.Constant(best);
        double Hull(double share) => 1 - (hull.CostOf(share * bestQuality) / bestCost);
        double[] meanCost = new double[pool.Cost.Length];
        for (int i = 0; i < meanCost.Length; i++)
            meanCost[i] = pool.Constant(i % models).Cost;
        var table = pool.Sweep(evaluation.TableQuality, evaluation.Cost);
        double lambda = points
            .Where(p => p.Quality >= bestQuality)
            .OrderBy(p => p.Cost)
            .Select(p => p.Lambda)
            .FirstOrDefault();
        int[] chosen =
        [
            .. Enumerable.Range(0, pool.Count).Select(i => pool.Choose(evaluation.Quality, evaluation.Cost, i, lambda)),
        ];
        int cheapest = Enumerable.Range(0, models).OrderBy(m => pool.Constant(m).Cost).First();
        int[] All(Func<int, int> choice) => [.. Enumerable.Range(0, pool.Count).Select(choice)];
        return new PoolReport
        {
            Count = pool.Count,
            Savings = (At(0), At(1), At(2)),
            HullSavings = (Hull(1), Hull(0.99), Hull(0.95)),
            TableSavings = (pool.Savings(table), pool.Savings(table, 0.99), pool.Savings(table, 0.95)),
            AiqGain = At(3),
            Rows =
            [
                new("router at the best single's quality", ChoiceFigures.Of(pool, chosen)),
                new(
                    "router, quality only",
                    ChoiceFigures.Of(pool, All(i => pool.Choose(evaluation.Quality, evaluation.Cost, i, 0)))
                ),
                new($"best single ({pool.Models[best]})", ChoiceFigures.Of(pool, All(_ => best))),
                new($"cheapest ({pool.Models[cheapest]})", ChoiceFigures.Of(pool, All(_ => cheapest))),
                new(
                    "best per task (given the label)",
                    ChoiceFigures.Of(pool, All(i => pool.Choose(evaluation.TableQuality, meanCost, i, 0)))
                ),
                new("oracle", ChoiceFigures.Of(pool, All(pool.Oracle))),
            ],
            Models =
            [
                .. Enumerable
                    .Range(0, models)
                    .Select(m =>
                        (
                            pool.Models[m],
                            pool.Constant(m).Quality,
                            pool.Constant(m).Cost * 1000,
                            CalibrationError.Of(Column(evaluation.Quality, m, models), Column(pool.Quality, m, models))
                        )
                    ),
            ],
            Points = points,
            Chosen = chosen,
        };
    }

    private static double[] Measure(PoolOutcome pool, float[] quality, double[] cost)
    {
        int models = pool.Models.Count;
        var points = pool.Sweep(quality, cost);
        var singles = Enumerable
            .Range(0, models)
            .Select(m => (pool.Constant(m).Cost, pool.Constant(m).Quality))
            .ToArray();
        double from = singles.Min(s => s.Cost);
        double to = singles.Max(s => s.Cost);
        double own = new CostQualityHull(points.Select(p => (p.Cost, p.Quality))).Aiq(from, to);
        double plain = new CostQualityHull(singles).Aiq(from, to);
        return [pool.Savings(points), pool.Savings(points, 0.99), pool.Savings(points, 0.95), own - plain];
    }

    private static float[] Column(float[] matrix, int column, int width) =>
        [.. Enumerable.Range(0, matrix.Length / width).Select(i => matrix[(i * width) + column])];

    private static T[] Pick<T>(T[] matrix, int[] rows, int width)
    {
        var picked = new T[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            Array.Copy(matrix, rows[i] * width, picked, i * width, width);
        return picked;
    }
}
