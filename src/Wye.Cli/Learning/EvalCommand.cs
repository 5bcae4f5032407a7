using System.CommandLine;
using Wye.Learning.Evaluation;
using Wye.Learning.Training;

namespace Wye.Cli.Learning;

/// <summary><c>wye eval</c>: measures routers on a labelled set.</summary>
internal static class EvalCommand
{
    public static Command Create(CliContext context)
    {
        var data = new Option<string>("--data") { Description = "Labelled set to measure on.", Required = true };
        var router = new Option<string?>("--router")
        {
            Description = "Router file to measure on the questions it was not trained on.",
        };
        var learnFrom = new Option<string[]>("--learn-from")
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
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON." };
        var predictions = new Option<string?>("--predictions-out")
        {
            Description = "Write one JSON line per question.",
        };
        var policy = new Option<string?>("--policy")
        {
            Description = "cascade: measure a cascade on a set with responses.jsonl.",
        };
        var gate = new Option<string?>("--gate") { Description = "With --policy cascade: a gate of the router file." };
        var costs = new Option<string?>("--costs")
        {
            Description = "With --policy cascade: weak,strong in USD per call.",
        };
        var escalate = new Option<double>("--escalate")
        {
            Description = "With --policy cascade: share refused in the predictions.",
            DefaultValueFactory = _ => 0.3,
        };
        var command = new Command("eval", "Measure a router on labelled data, beside the baselines.")
        {
            data,
            router,
            learnFrom,
            pair,
            pool,
            folds,
            trainOn,
            cold,
            seed,
            json,
            predictions,
            policy,
            gate,
            costs,
            escalate,
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
            if (parsed.GetValue(policy) is { } policyName)
                return Cascades.CascadeEvalOptions.Run(
                    context,
                    policyName,
                    parsed.GetValue(data)!,
                    parsed.GetValue(pair),
                    plan,
                    (parsed.GetValue(router), parsed.GetValue(gate)),
                    parsed.GetValue(costs),
                    parsed.GetValue(escalate),
                    (parsed.GetValue(json), parsed.GetValue(predictions))
                );
            string[] folders = [parsed.GetValue(data)!, .. parsed.GetValue(learnFrom) ?? []];
            var run = new EvalRun(
                context,
                LearningOptions.Read(context, folders),
                plan,
                new TrainerOptions { Seed = plan.Seed },
                parsed.GetValue(router) is { } file ? LearningOptions.Router(context, file).Router : null,
                parsed.GetValue(json),
                parsed.GetValue(predictions)
            );
            try
            {
                if (parsed.GetValue(pair) is { } names)
                    run.Pair(LearningOptions.Pair(names));
                else if (parsed.GetValue(pool) is { } models)
                    run.Pool(models.Split(','));
                else
                    throw new CliFailureException(
                        "Name what to measure: --pair weak,strong or --pool m1,m2,…",
                        ExitCodes.Usage
                    );
            }
            catch (InvalidDataException fault)
            {
                throw new CliFailureException(fault.Message);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
