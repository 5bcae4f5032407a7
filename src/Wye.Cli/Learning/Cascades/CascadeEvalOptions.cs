using Wye.Learning.Evaluation;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Cascades;

/// <summary>Reads the options of <c>wye eval --policy</c>.</summary>
internal static class CascadeEvalOptions
{
    /// <summary>Measures what the options ask for.</summary>
    public static int Run(
        CliContext context,
        string policy,
        string folder,
        string? pair,
        SplitPlan plan,
        (string? Router, string? Gate) trained,
        string? costs,
        double escalate,
        (string? Json, string? Predictions) output
    )
    {
        if (policy != "cascade")
            throw new CliFailureException(
                $"'{policy}' is not measured by name. Write --policy cascade, or --pair or --pool for a router.",
                ExitCodes.Usage
            );
        if (pair is null)
            throw new CliFailureException(
                "A cascade goes from one model to another: name --pair weak,strong.",
                ExitCodes.Usage
            );
        if (escalate is not (>= 0 and <= 1))
            throw new CliFailureException("--escalate is a share from 0 to 1.", ExitCodes.Usage);
        LearnedGate? gate = trained.Router is { } file ? Find(context, file, trained.Gate) : null;
        var eval = new CascadeEval(context, LearningOptions.Pair(pair), plan, CascadeEval.ReadCosts(costs), escalate);
        return eval.Run(folder, gate, output.Json, output.Predictions);
    }

    private static LearnedGate Find(CliContext context, string file, string? name)
    {
        IReadOnlyList<LearnedGate> gates = LearningOptions.Router(context, file).Router.Gates;
        return gates.FirstOrDefault(gate => name is null || string.Equals(gate.Name, name, StringComparison.Ordinal))
            ?? throw new CliFailureException(
                gates.Count == 0
                    ? $"{file} has no gate. 'wye train --gate NAME' adds one."
                    : $"{file} has no gate '{name}'. It has: {string.Join(", ", gates.Select(gate => gate.Name))}."
            );
    }
}
