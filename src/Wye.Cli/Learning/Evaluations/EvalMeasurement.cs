using System.Globalization;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Measures one set: trains in folds or scores with a router file, then works out every figure.</summary>
internal sealed class EvalMeasurement(
    CliContext context,
    EvalRequest request,
    Corpus corpus,
    (RouterManifest Manifest, RouterSnapshot Router)? trained,
    int[]? guard
)
{
    private const int LeastUnseen = 20;
    private const int PerturbedQuestions = 300;

    private TrainerOptions Options => new() { Seed = request.Plan.Seed };

    public EvalSection Measure(int set, EvalSubject subject) =>
        subject.Pair is { } pair ? MeasurePair(set, pair) : MeasurePool(set, subject.Pool);

    private EvalSection MeasurePair(int set, (string Weak, string Strong) pair)
    {
        PairEvaluation evaluation = trained is { } file
            ? PairEvaluation.Of(corpus, set, pair.Weak, pair.Strong, file.Router, guard, request.Plan.Seed)
            : Folded(tick => PairEvaluation.Run(corpus, set, pair.Weak, pair.Strong, request.Plan, Options, tick));
        CheckUnseen(set, evaluation.Items.Length);
        string[] wanted = Wanted(evaluation.Scores.Keys);
        RoutedQuestions routed = evaluation.Routed(
            corpus,
            set,
            pair,
            [wanted[0], .. Baselines(evaluation.Scores.Keys)]
        );
        float? threshold = Threshold(pair);
        EvalSection.DriftFigures? drift = threshold is { } limit ? Drifted(evaluation, limit) : null;
        double? share = request.StrongShare ?? drift?.RealisedShare;
        OperatingPoint? point = share is { } s ? OperatingPoint.OfShare(s) : null;
        (RouterSnapshot router, int[] items) = evaluation.Sample;
        Perturbation? perturbation = null;
        if (request.Perturb)
        {
            int[] some = [.. items.Take(PerturbedQuestions)];
            float[] gains = [.. RouterScoring.Gains(router, corpus, items, pair.Weak, pair.Strong).Order()];
            float cut = ThresholdOf(gains, request.StrongShare, threshold);
            perturbation = Perturbation.Measure(
                Array.ConvertAll(some, corpus.Query),
                queries =>
                    Array.ConvertAll(
                        RouterScoring.Gains(router, queries, pair.Weak, pair.Strong),
                        gain => gain >= cut ? 1 : 0
                    )
            );
        }

        return new EvalSection
        {
            Set = corpus.Sets[set],
            Pair = pair,
            Curve = PairReport.Of(corpus, evaluation, request.Estimators.Length > 0 ? wanted : null),
            Report = PoolReport.Of(routed, point, request.Bar),
            Routed = routed,
            Timing = RouterTiming.Measure(router, corpus, items, context.Time),
            Perturbation = perturbation,
            Drift = drift,
            Scheme = Scheme(),
            LeftOut = LeftOut(set),
        };
    }

    private EvalSection MeasurePool(int set, string[] pool)
    {
        PoolEvaluation evaluation = trained is { } file
            ? PoolEvaluation.Of(corpus, set, pool, file.Router, guard, request.Plan.Seed)
            : Folded(tick => PoolEvaluation.Run(corpus, set, pool, request.Plan, Options, tick));
        CheckUnseen(set, evaluation.Items.Length);
        string[] wanted = Wanted(evaluation.Quality.Keys);
        RoutedQuestions routed = evaluation.Routed(
            corpus,
            [.. wanted, .. Baselines(evaluation.Quality.Keys).Except(wanted, StringComparer.Ordinal)]
        );
        PoolReport report = PoolReport.Of(routed, null, request.Bar);
        (RouterSnapshot router, int[] items) = evaluation.Sample;
        Perturbation? perturbation = null;
        if (request.Perturb)
        {
            double lambda = Lambda(routed, report);
            var means = routed.Outcome.Means();
            int[] some = [.. items.Take(PerturbedQuestions)];
            perturbation = Perturbation.Measure(
                Array.ConvertAll(some, corpus.Query),
                queries =>
                {
                    (float[] quality, double[] cost) = RouterScoring.Pool(router, queries, pool);
                    // Without a cost head each model costs its mean.
                    cost = [.. cost.Select((c, i) => double.IsNaN(c) ? means[i % pool.Length].Cost : c)];
                    var outcome = new PoolOutcome(pool, quality, cost);
                    return
                    [
                        .. Enumerable.Range(0, queries.Count).Select(i => outcome.Choose(quality, cost, i, lambda)),
                    ];
                }
            );
        }

        return new EvalSection
        {
            Set = corpus.Sets[set],
            Report = report,
            Routed = routed,
            Timing = RouterTiming.Measure(router, corpus, items, context.Time),
            Perturbation = perturbation,
            Scheme = Scheme(),
            LeftOut = LeftOut(set),
        };
    }

    /// <summary>The gain from which on a call goes to strong where the choices are shown: as asked, else as calibrated, else at half.</summary>
    /// <param name="gains">Gains, ascending.</param>
    /// <param name="asked">Share of strong calls that was asked for; null = none.</param>
    /// <param name="calibrated">The calibrated threshold; null = there is none for this pair.</param>
    internal static float ThresholdOf(float[] gains, double? asked, float? calibrated) =>
        asked is null && calibrated is { } threshold
            ? threshold
            : gains[(int)((1 - (asked ?? 0.5)) * (gains.Length - 1))];

    private static double Lambda(RoutedQuestions routed, PoolReport report)
    {
        ChoiceSweep sweep = routed.Routers[0].Sweep;
        int at = Enumerable.Range(0, sweep.Count).First(s => sweep.Choices(s).AsSpan().SequenceEqual(report.Chosen));
        return sweep.Setting(at);
    }

    private EvalSection.DriftFigures Drifted(PairEvaluation evaluation, float threshold)
    {
        RouterCalibration calibration = trained!.Value.Manifest.Calibration!;
        float[] gains = evaluation.Scores[PairEvaluation.Blend];
        return new EvalSection.DriftFigures(
            Drift.PsiOfEdges([.. calibration.Edges], gains, [.. calibration.Shares ?? []], calibration.Questions),
            calibration.StrongShare,
            gains.Count(g => g >= threshold) / (double)gains.Length
        );
    }

    private float? Threshold((string Weak, string Strong) pair) =>
        trained is { Manifest: { Calibration: { } seen, Threshold: { } threshold } }
        && seen.Weak == pair.Weak
        && seen.Strong == pair.Strong
            ? (float)threshold
            : null;

    private string[] Wanted(IEnumerable<string> available)
    {
        string[] parts =
        [
            .. available.Except([PairEvaluation.TfIdf, PairEvaluation.TaskTable], StringComparer.Ordinal),
        ];
        return request.Estimators.Length == 0
            ? [PairEvaluation.Blend]
            : [.. request.Estimators.Select(e => EstimatorNames.Resolve(e, parts)).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Baselines(IEnumerable<string> available) =>
        new[] { PairEvaluation.TfIdf, PairEvaluation.TaskTable }.Where(b =>
            available.Contains(b, StringComparer.Ordinal)
        );

    private string Scheme()
    {
        if (trained is { } file)
            return guard is null
                ? $"router {file.Manifest.Name}, on questions it was not trained on"
                : $"router {file.Manifest.Name}, on its guard split (verified: set aside before training)";
        SplitPlan plan = request.Plan;
        string labels = plan.TrainOn is { } n ? string.Create(CultureInfo.InvariantCulture, $", {n} labels each") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Folds} folds {(plan.ColdTasks ? "of whole tasks (out of domain)" : "by question (in domain)")}{labels}, seed {plan.Seed}"
        );
    }

    private int LeftOut(int set) =>
        trained is { } file
            ? corpus.Sets[set].Queries.Count - RouterScoring.Unseen(file.Router, corpus, set).Length
            : 0;

    // A router file knows which questions it was trained on; only the others are measured.
    private void CheckUnseen(int set, int measured)
    {
        if (measured < LeastUnseen)
            throw new CliFailureException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Only {measured} questions of '{corpus.Sets[set].Name}' can be measured ({LeftOut(set)} were trained on); at least {LeastUnseen} are needed. Measure on other data."
                )
            );
    }

    private T Folded<T>(Func<Action<int>, T> work) =>
        LearningProgress.Folds(context, request.Plan.Folds, "train and score", work);
}
