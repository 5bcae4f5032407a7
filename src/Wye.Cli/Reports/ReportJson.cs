using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Wye.Cli.Reports;

/// <summary>A spending report for programs. Money as text of whole p$: it may not fit a double.</summary>
internal static class ReportJson
{
    public static void Write(Utf8JsonWriter json, SpendReport report)
    {
        json.WriteStartObject();
        json.WriteString("from", report.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("until", report.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("failed", report.Failed);
        json.WriteNumber("estimated", report.Estimated);
        json.WriteNumber("unpriced", report.Unpriced);
        json.WriteNumber("incomparable", report.Incomparable);
        Money(json, "cost_picodollars", report.Cost);
        json.WriteNumber("corrections", report.Corrections);
        Money(json, "corrected_picodollars", report.Corrected);
        json.WriteStartObject("saved");
        Money(json, "low_picodollars", report.Saved.Low);
        Money(json, "expected_picodollars", report.Saved.Expected);
        Money(json, "high_picodollars", report.Saved.High);
        json.WriteEndObject();
        json.WriteStartObject("cheapest");
        Money(json, "would_picodollars", report.Cheapest.Would);
        Money(json, "paid_picodollars", report.Cheapest.Paid);
        json.WriteEndObject();
        json.WriteStartObject("previous");
        Money(json, "low_picodollars", report.Previous.Low);
        Money(json, "would_picodollars", report.Previous.Would);
        Money(json, "high_picodollars", report.Previous.High);
        Money(json, "paid_picodollars", report.Previous.Paid);
        json.WriteEndObject();
        Groups(json, "by_day", report.ByDay);
        Groups(json, "by_model", report.ByModel);
        Groups(json, "by_route", report.ByRoute);
        Groups(json, "by_key", report.ByKey);
        Groups(json, "by_role", report.ByRole);
        json.WriteStartArray("by_tier");
        foreach (var tier in report.ByTier)
        {
            json.WriteStartObject();
            json.WriteString("name", tier.Name);
            json.WriteNumber("requests", tier.Requests);
            json.WriteNumber("share", Math.Round(tier.Share, 6));
            if (tier.Target is { } target)
            {
                json.WriteNumber("target_least", target.Least);
                json.WriteNumber("target_most", target.Most);
                json.WriteBoolean("within", tier.IsWithin!.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("feedback");
        foreach (var judged in report.Judged)
        {
            json.WriteStartObject();
            json.WriteString("model", judged.Model.Value);
            json.WriteNumber("judgements", judged.Count);
            json.WriteNumber("mean_score", Math.Round(judged.Mean, 6));
            json.WriteNumber("of_learned_choices", judged.Expecting);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Groups(Utf8JsonWriter json, string name, ImmutableArray<ReportGroup> groups)
    {
        json.WriteStartArray(name);
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteNumber("requests", group.Requests);
            json.WriteNumber("failed", group.Failed);
            Money(json, "cost_picodollars", group.Cost);
            Money(json, "saved_picodollars", group.Saved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Money(Utf8JsonWriter json, string name, Int128 amount) =>
        json.WriteString(name, amount.ToString(CultureInfo.InvariantCulture));
}
