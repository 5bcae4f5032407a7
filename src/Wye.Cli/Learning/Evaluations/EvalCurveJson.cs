using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Figures over the share of strong calls as JSON.</summary>
internal static class EvalCurveJson
{
    public static void Write(Utf8JsonWriter json, PairReport report)
    {
        json.WriteNumber("weak_quality", report.Weak);
        json.WriteNumber("strong_quality", report.Strong);
        EvalJson.Value(json, "apgr_over_baseline", report.OverBaseline);
        Rows(json, report.Routers);
        json.WriteStartArray("tasks");
        foreach (PairReport.TaskRow task in report.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("task", task.Task);
            json.WriteNumber("weak_quality", task.Weak);
            json.WriteNumber("strong_quality", task.Strong);
            Rows(json, task.Routers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tasks_without_a_gap");
        foreach (string task in report.TasksLeftOut)
            json.WriteStringValue(task);
        json.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter json, IReadOnlyList<PairReport.Row> rows)
    {
        json.WriteStartArray("routers");
        foreach (PairReport.Row row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("count", row.Count);
            EvalJson.Value(json, "apgr", row.Apgr);
            EvalJson.Number(json, "apgr_ten_bins", row.ApgrTenBins);
            EvalJson.Value(json, "cpt20", row.Cpt20);
            EvalJson.Value(json, "cpt50", row.Cpt50);
            EvalJson.Value(json, "cpt80", row.Cpt80);
            EvalJson.Value(json, "cpt95", row.Cpt95);
            Harness(json, row.Harness);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Harness(Utf8JsonWriter json, RouteLlmHarness harness)
    {
        json.WriteStartObject("routellm_harness");
        EvalJson.Number(json, "apgr", harness.Apgr);
        EvalJson.Number(json, "cpt20", harness.Cpt.Share20);
        EvalJson.Number(json, "cpt50", harness.Cpt.Share50);
        EvalJson.Number(json, "cpt80", harness.Cpt.Share80);
        json.WriteStartArray("points");
        foreach (RouteLlmHarness.Point point in harness.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Threshold);
            json.WriteNumberValue(point.StrongShare);
            json.WriteNumberValue(point.Quality);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
