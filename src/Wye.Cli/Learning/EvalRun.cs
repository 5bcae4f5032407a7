using Spectre.Console;
using Wye.Learning.Evaluation;
using Wye.Learning.Training;
using Wye.Quality;

namespace Wye.Cli.Learning;

/// <summary>One evaluation: what to measure, how, and where the figures go.</summary>
internal sealed record EvalRun(
    CliContext Context,
    Corpus Corpus,
    SplitPlan Plan,
    TrainerOptions Options,
    RouterSnapshot? Router,
    string? Json,
    string? Predictions
)
{
    private IAnsiConsole Console => Context.Terminal.Console;

    /// <summary>Measures a binary router.</summary>
    public void Pair((string Weak, string Strong) pair)
    {
        PairEvaluation evaluation = Router is null
            ? Folded(tick => PairEvaluation.Run(Corpus, 0, pair.Weak, pair.Strong, Plan, Options, tick))
            : PairEvaluation.Of(Corpus, 0, pair.Weak, pair.Strong, Router);
        Unseen(evaluation.Items.Length);
        PairReport report = PairReport.Of(Corpus, evaluation);
        string[] names = [pair.Weak, pair.Strong];
        EvalTables.Write(Console, Corpus.Sets[0].Name, names, Plan, report);
        if (Json is not null)
            EvalJson.Write(Context.Resolve(Json), Corpus.Sets[0], names, Plan, report);
        if (Predictions is not null)
            EvalJson.WritePredictions(Context.Resolve(Predictions), Corpus, names, evaluation);
    }

    /// <summary>Measures a router over a pool with costs.</summary>
    public void Pool(string[] models)
    {
        PoolEvaluation evaluation = Router is null
            ? Folded(tick => PoolEvaluation.Run(Corpus, 0, models, Plan, Options, tick))
            : PoolEvaluation.Of(Corpus, 0, models, Router);
        Unseen(evaluation.Items.Length);
        PoolReport report = PoolReport.Of(Corpus, evaluation);
        EvalTables.Write(Console, Corpus.Sets[0].Name, Plan, report);
        if (Json is not null)
            EvalJson.Write(Context.Resolve(Json), Corpus.Sets[0], Plan, report);
        if (Predictions is not null)
            EvalJson.WritePredictions(Context.Resolve(Predictions), Corpus, evaluation, report);
    }

    // A router file knows which questions it was trained on; only the others are measured.
    private void Unseen(int measured)
    {
        if (Router is null)
            return;
        int known = Corpus.Sets[0].Queries.Count - RouterScoring.Unseen(Router, Corpus, 0).Length;
        Context.Terminal.Line(
            $"router {Router.Name}: {measured} unseen questions measured, {known} seen in training left out"
        );
        if (measured < 20)
            throw new CliFailureException(
                "Too few questions are left: the router was trained on this set. Measure on other data."
            );
    }

    private T Folded<T>(Func<Action<int>, T> work)
    {
        T result = default!;
        Console
            .Progress()
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask("train and score", maxValue: Plan.Folds);
                result = work(_ => task.Increment(1));
            });
        return result;
    }
}
