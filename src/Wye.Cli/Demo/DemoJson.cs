using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>Writes a demo run for programs. Money is in exact pico-dollars.</summary>
internal static class DemoJson
{
    /// <summary>One object: totals, tiers, workflow, rows.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<DemoRow> rows, DemoTotals totals)
    {
        json.WriteStartObject();
        json.WriteNumber("answered", totals.Answered);
        json.WriteNumber("failed", totals.Failed);
        json.WriteStartObject("cost_picodollars");
        json.WriteNumber("all_large", totals.StrongCost.PicoDollars);
        json.WriteNumber("routed", totals.Cost.PicoDollars);
        json.WriteNumber("all_small", totals.CheapCost.PicoDollars);
        if (totals.LearnedCost is { } learned)
        {
            json.WriteNumber("learned", learned.PicoDollars);
        }

        json.WriteEndObject();
        json.WriteNumber("factor", Math.Round(totals.Factor, 3));
        json.WriteNumber("factor_goal", DemoTotals.SavingsGoal);
        json.WriteStartObject("right_answers");
        json.WriteNumber("all_large", totals.StrongRight);
        json.WriteNumber("routed", totals.Right);
        json.WriteNumber("all_small", totals.CheapRight);
        if (totals.LearnedCost is not null)
        {
            json.WriteNumber("learned", totals.LearnedRight);
        }

        json.WriteEndObject();
        json.WriteNumber("quality_kept", Math.Round(totals.QualityKept, 4));
        json.WriteStartObject("tiers");
        foreach (var (tier, count) in totals.ByTier)
        {
            json.WriteNumber(tier, count);
        }

        json.WriteEndObject();
        json.WriteNumber("median_decision_us", totals.MedianDecisionMicroseconds);
        // Strings: the sums may leave the range in which JSON numbers are exact.
        json.WriteString("ledger_picodollars", totals.LedgerPicoDollars.ToString(CultureInfo.InvariantCulture));
        json.WriteString("bill_picodollars", totals.BillPicoDollars.ToString(CultureInfo.InvariantCulture));
        json.WriteBoolean("balanced", totals.Balanced);
        WriteWorkflow(json);
        json.WriteStartArray("requests");
        foreach (var row in rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWorkflow(Utf8JsonWriter json)
    {
        json.WriteStartObject("workflow_cost_picodollars");
        json.WriteNumber("all_large", WorkflowExample.Cost(_ => DemoModels.Large).PicoDollars);
        json.WriteNumber("all_medium", WorkflowExample.Cost(_ => DemoModels.Medium).PicoDollars);
        json.WriteNumber("tier_per_step", WorkflowExample.Cost(WorkflowExample.ModelOf).PicoDollars);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DemoRow row)
    {
        json.WriteStartObject();
        json.WriteString("prompt", row.Prompt.Id);
        json.WriteString("difficulty", row.Prompt.Difficulty);
        json.WriteString("labelled_step_kind", row.Prompt.StepKind);
        json.WriteString("step_kind", row.Facts?.StepKind);
        json.WriteString("tier", row.Facts?.Tier);
        json.WriteString("model", row.Answer.Model);
        json.WriteString("why", row.Answer.Why);
        json.WriteString("error", row.Answer.Error);
        json.WriteBoolean("streamed", row.Streamed);
        json.WriteNumber("cost_picodollars", (row.Facts?.Cost ?? Usd.Zero).PicoDollars);
        json.WriteBoolean("right", row.Right);
        json.WriteBoolean("large_right", row.StrongRight);
        json.WriteBoolean("small_right", row.CheapRight);
        json.WriteEndObject();
    }
}
