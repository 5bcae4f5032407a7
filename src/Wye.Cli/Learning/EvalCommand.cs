using System.CommandLine;
using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning;

/// <summary><c>wye eval</c>: measures routers on labelled sets.</summary>
internal static class EvalCommand
{
    public static Command Create(CliContext context)
    {
        var options = new EvalOptions();
        var command = new Command("eval", "Measure a router on labelled data, beside the baselines.");
        foreach (Option option in options.All)
            command.Add(option);
        command.Add(options.Path);
        command.SetAction(parsed =>
        {
            if (options.Cascade(parsed) is { } policy)
                return options.RunCascade(context, parsed, policy);
            EvalRequest request = options.Read(parsed);
            LearningOptions.Guarded(() =>
            {
                new EvalRun(context, request).Run();
                return true;
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Split into folds as asked.</summary>
    internal static SplitPlan Plan(int folds, int? trainOn, bool cold, ulong seed) =>
        folds < 2 ? throw new CliFailureException("--folds is at least 2.", ExitCodes.Usage)
        : trainOn is < 50 ? throw new CliFailureException("--train-on is at least 50 labels.", ExitCodes.Usage)
        : new SplitPlan
        {
            Folds = folds,
            TrainOn = trainOn,
            ColdTasks = cold,
            Seed = seed,
        };
}
