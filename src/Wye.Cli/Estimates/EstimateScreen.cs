using System.Globalization;
using System.Text.Json;
using Wye.Cli.Terminals;
using Wye.Primitives;

namespace Wye.Cli.Estimates;

/// <summary>An estimate for people and for programs.</summary>
internal static class EstimateScreen
{
    private static readonly (string Name, Func<StepEstimate, Usd> Part)[] Strategies =
    [
        ("all strong", step => step.Strong),
        ("static", step => step.Static),
        ("tiers", step => step.Tiers),
        ("cascade", step => step.Cascade),
    ];

    public static void Print(Terminal terminal, WorkflowEstimate workflow, Estimator estimate)
    {
        terminal.Heading(workflow.Name.Length > 0 ? $"{workflow.Name}: one run, by step" : "One run, by step");
        var table = new TextTable(
            "step",
            "kind",
            "calls>",
            "in>",
            "out>",
            "tier",
            "model",
            "all strong>",
            "static>",
            "tiers>",
            "cascade>"
        );
        foreach (var one in estimate.Steps)
        {
            table.Add(
                one.Step.Name,
                one.Step.Kind.Name(),
                Count(one.Step.Calls),
                Count(one.Step.InputTokens),
                Count(one.Step.OutputTokens),
                one.Tier,
                one.Model,
                Money.Text(one.Strong),
                Money.Text(one.Static),
                Money.Text(one.Tiers),
                Money.Text(one.Cascade)
            );
        }

        terminal.Table(table);
        terminal.Heading("Side by side");
        var runs = workflow.Runs;
        var sums =
            runs > 1
                ? new TextTable("strategy", "one run>", $"{Count(runs)} runs>", "saved>", "what it does")
                : new TextTable("strategy", "one run>", "saved>", "what it does");
        var strong = estimate.Sum(step => step.Strong);
        foreach (var (name, part) in Strategies)
        {
            var sum = estimate.Sum(part);
            var saved = strong == Usd.Zero ? 0 : 1 - ((double)sum.PicoDollars / strong.PicoDollars);
            string[] row = [name, Money.Sum(sum), Money.Sum(sum * runs), Money.Percent(saved), What(name, estimate)];
            sums.Add(runs > 1 ? row : [row[0], row[1], row[3], row[4]]);
        }

        terminal.Table(sums);
        terminal.Line(
            $"cascade: {Money.Sum(estimate.Sum(step => step.CascadeLow))} when every first answer passes, "
                + $"{Money.Sum(estimate.Sum(step => step.CascadeHigh))} when every gate refuses. Gates are taken as local, at no cost."
        );
        terminal.Line(
            "Tokens are the file's; prices are today's list prices. Other models answer at other lengths: measure before you rely on it."
        );
    }

    public static void Write(Utf8JsonWriter json, WorkflowEstimate workflow, Estimator estimate)
    {
        json.WriteStartObject();
        json.WriteString("name", workflow.Name);
        json.WriteNumber("runs", workflow.Runs);
        json.WriteNumber("escalation", workflow.Escalation);
        json.WriteStartArray("steps");
        foreach (var one in estimate.Steps)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Step.Name);
            json.WriteString("kind", one.Step.Kind.Name());
            json.WriteNumber("calls", one.Step.Calls);
            json.WriteNumber("input", one.Step.InputTokens);
            json.WriteNumber("cached", one.Step.CachedTokens);
            json.WriteNumber("output", one.Step.OutputTokens);
            json.WriteString("tier", one.Tier);
            json.WriteString("model", one.Model);
            json.WriteStartArray("cascade_stages");
            foreach (var stage in one.Stages)
            {
                json.WriteStringValue(stage);
            }

            json.WriteEndArray();
            Costs(json, part => part(one));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("run");
        Costs(json, estimate.Sum);
        json.WriteEndObject();
        json.WriteStartObject("all_runs");
        Costs(json, part => estimate.Sum(part) * workflow.Runs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Costs(Utf8JsonWriter json, Func<Func<StepEstimate, Usd>, Usd> sum)
    {
        json.WriteStartObject("cost_picodollars");
        foreach (var (name, part) in Strategies)
        {
            json.WriteNumber(name.Replace(' ', '_'), sum(part).PicoDollars);
        }

        json.WriteNumber("cascade_low", sum(step => step.CascadeLow).PicoDollars);
        json.WriteNumber("cascade_high", sum(step => step.CascadeHigh).PicoDollars);
        json.WriteEndObject();
    }

    private static string What(string name, Estimator estimate) =>
        name switch
        {
            "all strong" => $"every step on {estimate.Strong.Name}",
            "static" => $"every step on {estimate.Static.Name}",
            "tiers" => "each step on the tier of its kind",
            _ => "cheapest first, a gate, then up to the step's tier",
        };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
