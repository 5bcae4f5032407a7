using System.Globalization;
using Wye.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["routing", ..]:
        RoutingBench.Run(Console.Out);
        return 0;
    case ["body", _, ..]:
        BodyBench.Run(args.Skip(1), Console.Out);
        return 0;
    case ["learned", var prompts, ..]:
        LearnedBench.Run(prompts, Console.Out);
        return 0;
    case ["feedback", var router, var set, ..]:
        FeedbackBench.Run(router, set, Console.Out);
        return 0;
    case ["gates", ..]:
        GateBench.Run(Console.Out);
        return 0;
    case ["access", ..]:
        AccessBench.Run(Console.Out);
        return 0;
    case ["ledger", var folder, ..]:
        await LedgerBench.RunAsync(folder, Console.Out);
        return 0;
    case ["relay", var folder, ..]:
        await RelayBench.RunAsync(folder, Console.Out);
        return 0;
    case ["steps", var file, ..]:
        StepKindSurvey.Run(file, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine(
            "Usage: Wye.Bench routing | body FILE.json… | access | ledger FOLDER | relay FOLDER | gates | learned PROMPTS | feedback ROUTER SET | steps FILE.jsonl"
        );
        return 2;
}
