using System.Collections.Immutable;
using System.Globalization;
using Wye.Cli.Terminals;
using Wye.Primitives;
using Wye.Routing.Selection;

namespace Wye.Cli.Demo;

/// <summary>"Refactor a codebase" in ten steps: what it costs all on one model, and with a tier per step. Nothing is called.</summary>
internal static class WorkflowExample
{
    /// <summary>Four small, four medium, two large.</summary>
    public static ImmutableArray<WorkflowStep> Steps { get; } =
    [
        new("classify the request", StepKind.Classify, 1_500, 50),
        new("extract the call sites", StepKind.Extract, 6_000, 600),
        new("decompose into tasks", StepKind.Decompose, 8_000, 2_000),
        new("design the new structure", StepKind.Design, 8_000, 2_500),
        new("implement part one", StepKind.Implement, 7_000, 3_000),
        new("implement part two", StepKind.Implement, 7_000, 3_000),
        new("review the diff", StepKind.Review, 9_000, 1_000),
        new("write the migration notes", StepKind.Write, 4_000, 1_200),
        new("validate the build output", StepKind.Validate, 3_000, 150),
        new("format the change log", StepKind.Format, 2_000, 300),
    ];

    /// <summary>Cost of all steps when <paramref name="model"/> says which model takes a step.</summary>
    public static Usd Cost(Func<WorkflowStep, string> model) =>
        Steps.Aggregate(
            Usd.Zero,
            (sum, step) =>
                sum
                + DemoModels
                    .PriceOf(model(step))
                    .CostOf(new Usage { InputTokens = step.InputTokens, OutputTokens = step.OutputTokens })
        );

    /// <summary>The model of a step's tier.</summary>
    public static string ModelOf(WorkflowStep step) =>
        step.Tier switch
        {
            TierClass.Small => DemoModels.Small,
            TierClass.Medium => DemoModels.Medium,
            _ => DemoModels.Large,
        };

    /// <summary>The comparison: one row per strategy.</summary>
    public static TextTable Compared()
    {
        var large = Cost(_ => DemoModels.Large);
        var table = new TextTable("strategy", "models", "cost>", "saved>");
        Add("all large", $"10 x {DemoModels.Large}", large);
        Add("all medium", $"10 x {DemoModels.Medium}", Cost(_ => DemoModels.Medium));
        Add("tier per step", $"4 x {DemoModels.Small}, 4 x {DemoModels.Medium}, 2 x {DemoModels.Large}", Cost(ModelOf));
        return table;

        void Add(string strategy, string models, Usd cost) =>
            table.Add(
                strategy,
                models,
                Money.Sum(cost),
                cost == large ? "" : Money.Percent((double)(1 - (cost.ToDollars() / large.ToDollars())))
            );
    }

    /// <summary>The steps with their tokens.</summary>
    public static TextTable Priced()
    {
        var table = new TextTable("step", "kind", "tier", "tokens in>", "tokens out>", "cost>");
        foreach (var step in Steps)
        {
            table.Add(
                step.Name,
                step.Kind.Name(),
                step.Tier.ToString().ToLowerInvariant(),
                step.InputTokens.ToString("N0", CultureInfo.InvariantCulture),
                step.OutputTokens.ToString("N0", CultureInfo.InvariantCulture),
                Money.Text(
                    DemoModels
                        .PriceOf(ModelOf(step))
                        .CostOf(new Usage { InputTokens = step.InputTokens, OutputTokens = step.OutputTokens })
                )
            );
        }

        return table;
    }
}
