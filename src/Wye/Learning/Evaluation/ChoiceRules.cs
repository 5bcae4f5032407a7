using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>The decision rules a report compares: the router at several points, baselines, constants, oracle.</summary>
internal sealed class ChoiceRules
{
    public ChoiceRules(RoutedQuestions routed, PoolReference reference, OperatingPoint point)
    {
        PoolOutcome pool = reference.Pool;
        RoutedQuestions.Router router = routed.Routers[0];
        RoutedQuestions.Router? baseline = routed.Routers.FirstOrDefault(r => r.Name == PairEvaluation.TfIdf);
        var rules = new List<(string, int[])>
        {
            ($"{router.Name}, {Words(routed, point)}", router.Sweep.Choices(point.Setting)),
        };
        bool pair = routed.Score.Length > 0;
        BestSingle = Constant(pool, reference.Best);
        double best = pool.Means()[reference.Best].Quality;
        if (pair)
        {
            foreach (int percent in (int[])[20, 50, 80])
            {
                if (percent != point.Setting)
                    rules.Add(
                        (
                            $"{router.Name}, {OperatingPoint.OfShare(percent / 100.0).Reached(router.Sweep)}",
                            router.Sweep.Choices(percent)
                        )
                    );
            }

            Baseline = baseline?.Sweep.Choices(point.Setting);
        }
        else
        {
            foreach (
                var (share, words) in (ReadOnlySpan<(double, string)>)
                    [(1, "the best single's quality"), (0.95, "95 % of it")]
            )
            {
                int at = router.Sweep.Cheapest(pool, share * best);
                if (at >= 0)
                    rules.Add(($"{router.Name}, at {words}", router.Sweep.Choices(at)));
            }

            rules.Add(($"{router.Name}, quality only", router.Sweep.Choices(0)));
            if (baseline is not null)
                Baseline = baseline.Sweep.Choices(Math.Max(0, baseline.Sweep.Cheapest(pool, 0.99 * best)));
        }

        if (Baseline is not null)
            rules.Add(($"{PairEvaluation.TfIdf}, {(pair ? point.Reached(baseline!.Sweep) : point.Words)}", Baseline));
        rules.Add(($"best single ({pool.Models[reference.Best]})", BestSingle));
        rules.Add(($"cheapest ({pool.Models[reference.Cheapest]})", Constant(pool, reference.Cheapest)));
        if (routed.TaskConstant.Length > 0)
            rules.Add(("best per task (given the label)", routed.TaskConstant));
        rules.Add(("oracle", reference.Oracle));
        All = rules;
    }

    /// <summary>Every rule; the router at the operating point first.</summary>
    public IReadOnlyList<(string Name, int[] Choices)> All { get; }

    /// <summary>The model of best mean quality for all.</summary>
    public int[] BestSingle { get; }

    /// <summary>The TF-IDF baseline at the same kind of point; null when it was not fitted.</summary>
    public int[]? Baseline { get; }

    /// <summary>What the measured router does at a point; of pairs, the share it reaches.</summary>
    public static string Words(RoutedQuestions routed, OperatingPoint point) =>
        routed.Score.Length > 0 ? point.Reached(routed.Routers[0].Sweep) : point.Words;

    private static int[] Constant(PoolOutcome pool, int model)
    {
        int[] choices = new int[pool.Count];
        Array.Fill(choices, model);
        return choices;
    }
}
