using System.Globalization;
using Wye.Cli.Terminals;

namespace Wye.Cli.Demo;

/// <summary>Writes what a demo run adds up to, for people.</summary>
internal static class DemoReport
{
    /// <summary>All blocks, in order.</summary>
    public static void Write(Terminal terminal, DemoTotals totals)
    {
        WriteMoneyAndQuality(terminal, totals);
        WriteTiers(terminal, totals);
        WriteBooks(terminal, totals);
        WriteWorkflow(terminal);
    }

    private static void WriteMoneyAndQuality(Terminal terminal, DemoTotals totals)
    {
        terminal.Heading("Cost and quality");
        var table = new TextTable("strategy", "cost>", "per request>", "right answers>");
        Add($"all {DemoModels.Large}", totals.StrongCost, totals.StrongRight);
        Add("routed by Wye", totals.Cost, totals.Right);
        if (totals.LearnedCost is { } learned)
        {
            Add("learned router", learned, totals.LearnedRight);
        }

        Add($"all {DemoModels.Small}", totals.CheapCost, totals.CheapRight);
        terminal.Table(table);
        terminal.Line(
            Text(
                $"Routing cost {totals.Factor:0.0}x less than all {DemoModels.Large}, with {totals.QualityKept:0.0%} as many right answers."
            )
        );
        terminal.Line(
            totals.Factor >= DemoTotals.SavingsGoal
                ? Text($"The goal of {DemoTotals.SavingsGoal:0}x is reached.")
                : Text(
                    $"The goal of {DemoTotals.SavingsGoal:0}x is missed. It is not tuned for: the prompts and prices are what they are."
                )
        );
        terminal.Line(
            "Other strategies are priced for the tokens of the routed answers; right and wrong come from the Simulator."
        );
        if (totals.LearnedCost is not null)
        {
            terminal.Line(
                "The learned router (bar 0.80) was only asked. It learned from benchmark questions; here a difficulty given by hand decides, so its line says little of your traffic."
            );
        }

        if (totals.Failed > 0)
        {
            terminal.Line(Text($"{totals.Failed} prompts got no answer."));
        }

        void Add(string strategy, Primitives.Usd cost, int right) =>
            table.Add(
                strategy,
                Money.Sum(cost),
                Money.Text(new Primitives.Usd(totals.Answered == 0 ? 0 : cost.PicoDollars / totals.Answered)),
                Text($"{right} of {totals.Answered}")
            );
    }

    private static void WriteTiers(Terminal terminal, DemoTotals totals)
    {
        terminal.Heading("Requests by tier");
        var table = new TextTable("tier", "requests>", "share>", "usual target>");
        foreach (var (tier, target) in new[] { ("small", "70–80 %"), ("medium", "15–25 %"), ("large", "2–5 %") })
        {
            var count = totals.ByTier.GetValueOrDefault(tier);
            table.Add(
                tier,
                count.ToString(CultureInfo.InvariantCulture),
                Money.Percent(totals.Answered == 0 ? 0 : (double)count / totals.Answered),
                target
            );
        }

        terminal.Table(table);
        terminal.Line(
            Text($"A decision took {totals.MedianDecisionMicroseconds:0} µs (median; nothing is warmed up before).")
        );
    }

    private static void WriteBooks(Terminal terminal, DemoTotals totals)
    {
        terminal.Heading("Books");
        terminal.Line(Text($"  Wye's ledger      {totals.LedgerPicoDollars} p$"));
        terminal.Line(Text($"  Simulator's bill  {totals.BillPicoDollars} p$"));
        terminal.Line(
            totals.Balanced
                ? "  Equal to the pico-dollar."
                : Text($"  THEY DIFFER by {totals.LedgerPicoDollars - totals.BillPicoDollars} p$.")
        );
    }

    private static void WriteWorkflow(Terminal terminal)
    {
        terminal.Heading("A ten-step workflow, \"refactor a codebase\", at list prices");
        terminal.Table(WorkflowExample.Priced());
        terminal.Line();
        terminal.Table(WorkflowExample.Compared());
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
