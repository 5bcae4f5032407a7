using System.CommandLine;
using Spectre.Console;
using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training;

namespace Wye.Cli.Learning;

/// <summary><c>wye eval</c>: measures routers on a labelled set.</summary>
internal static class EvalCommand
{
    public static Command Create(CliContext context)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Labelled set to measure on.", Required = true };
        var learnFrom = new Option<DirectoryInfo[]>("--learn-from")
        {
            Description = "Further sets to learn from; questions of the test fold are left out of them too.",
            AllowMultipleArgumentsPerToken = true,
        };
        var pair = new Option<string?>("--pair") { Description = "weak,strong: measure a binary router." };
        var pool = new Option<string?>("--pool") { Description = "m1,m2,…: measure a router over a pool with costs." };
        var folds = new Option<int>("--folds")
        {
            Description = "Cross-validation folds.",
            DefaultValueFactory = _ => 5,
        };
        var trainOn = new Option<int?>("--train-on") { Description = "Labels the router may learn from, per fold." };
        var cold = new Option<bool>("--leave-tasks-out")
        {
            Description = "Folds of whole tasks: the tested domain is unseen.",
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed of splits and training.",
            DefaultValueFactory = _ => 1UL,
        };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures as JSON." };
        var predictions = new Option<FileInfo?>("--predictions-out")
        {
            Description = "Write one JSON line per question.",
        };
        var command = new Command("eval", "Measure a router on labelled data, beside the baselines.")
        {
            data,
            learnFrom,
            pair,
            pool,
            folds,
            trainOn,
            cold,
            seed,
            json,
            predictions,
        };
        command.SetAction(parsed =>
        {
            var plan = new SplitPlan
            {
                Folds = parsed.GetValue(folds),
                TrainOn = parsed.GetValue(trainOn),
                ColdTasks = parsed.GetValue(cold),
                Seed = parsed.GetValue(seed),
            };
            var options = new TrainerOptions { Seed = plan.Seed };
            DirectoryInfo[] folders = [parsed.GetValue(data)!, .. parsed.GetValue(learnFrom) ?? []];
            var corpus = Corpus.Build([.. folders.Select(f => LabelledSetReader.Read(f.FullName))]);
            if (parsed.GetValue(pair) is { } names)
                return Pair(
                    context,
                    corpus,
                    names.Split(','),
                    plan,
                    options,
                    parsed.GetValue(json),
                    parsed.GetValue(predictions)
                );
            if (parsed.GetValue(pool) is { } models)
                return Pool(
                    context,
                    corpus,
                    models.Split(','),
                    plan,
                    options,
                    parsed.GetValue(json),
                    parsed.GetValue(predictions)
                );
            context.Terminal.Console.MarkupLine("[red]Name what to measure: --pair weak,strong or --pool m1,m2,…[/]");
            return 2;
        });
        return command;
    }

    private static int Pair(
        CliContext context,
        Corpus corpus,
        string[] pair,
        SplitPlan plan,
        TrainerOptions options,
        FileInfo? json,
        FileInfo? predictions
    )
    {
        if (pair.Length != 2)
        {
            context.Terminal.Console.MarkupLine("[red]--pair takes two models: weak,strong.[/]");
            return 2;
        }

        PairEvaluation evaluation = Run(
            context.Terminal.Console,
            plan.Folds,
            tick => PairEvaluation.Run(corpus, 0, pair[0], pair[1], plan, options, tick)
        );
        PairReport report = PairReport.Of(corpus, evaluation);
        EvalTables.Write(context.Terminal.Console, corpus.Sets[0].Name, pair, plan, report);
        if (json is not null)
            EvalJson.Write(json.FullName, corpus.Sets[0], pair, plan, report);
        if (predictions is not null)
            EvalJson.WritePredictions(predictions.FullName, corpus, pair, evaluation);
        return 0;
    }

    private static int Pool(
        CliContext context,
        Corpus corpus,
        string[] pool,
        SplitPlan plan,
        TrainerOptions options,
        FileInfo? json,
        FileInfo? predictions
    )
    {
        PoolEvaluation evaluation = Run(
            context.Terminal.Console,
            plan.Folds,
            tick => PoolEvaluation.Run(corpus, 0, pool, plan, options, tick)
        );
        PoolReport report = PoolReport.Of(corpus, evaluation);
        EvalTables.Write(context.Terminal.Console, corpus.Sets[0].Name, plan, report);
        if (json is not null)
            EvalJson.Write(json.FullName, corpus.Sets[0], plan, report);
        if (predictions is not null)
            EvalJson.WritePredictions(predictions.FullName, corpus, evaluation, report);
        return 0;
    }

    private static T Run<T>(IAnsiConsole console, int folds, Func<Action<int>, T> work)
    {
        T result = default!;
        console
            .Progress()
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask("train and score", maxValue: folds);
                result = work(_ => task.Increment(1));
            });
        return result;
    }
}
