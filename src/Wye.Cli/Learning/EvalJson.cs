using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training;

namespace Wye.Cli.Learning;

/// <summary>Writes evaluation figures and predictions as JSON.</summary>
internal static class EvalJson
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

    public static void Write(string file, LabelledSet set, string[] pair, SplitPlan plan, PairReport report)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, s_indented);
        json.WriteStartObject();
        Head(json, set, plan);
        json.WriteString("weak", pair[0]);
        json.WriteString("strong", pair[1]);
        json.WriteNumber("weak_quality", report.Weak);
        json.WriteNumber("strong_quality", report.Strong);
        if (report.Routers.Count > 1)
            Value(json, "apgr_over_baseline", report.OverBaseline);
        Rows(json, report.Routers);
        json.WriteStartArray("tasks");
        foreach (var (task, weak, strong, rows) in report.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("task", task);
            json.WriteNumber("weak_quality", weak);
            json.WriteNumber("strong_quality", strong);
            Rows(json, rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(string file, LabelledSet set, SplitPlan plan, PoolReport report)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, s_indented);
        json.WriteStartObject();
        Head(json, set, plan);
        json.WriteNumber("count", report.Count);
        Value(json, "savings_at_best_single", report.Savings.Full);
        Value(json, "savings_at_99_percent", report.Savings.Share99);
        Value(json, "savings_at_95_percent", report.Savings.Share95);
        Value(json, "aiq_gain", report.AiqGain);
        json.WriteStartArray("models");
        foreach (var (model, quality, cost, calibration) in report.Models)
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteNumber("quality", quality);
            json.WriteNumber("usd_per_thousand", cost);
            json.WriteNumber("ece", calibration.Ece);
            json.WriteNumber("brier", calibration.Brier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("choices");
        foreach (PoolReport.Row row in report.Rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("quality", row.Figures.Quality);
            json.WriteNumber("usd_per_thousand", row.Figures.CostPerThousand);
            json.WriteNumber("regret", row.Figures.Regret);
            if (!double.IsNaN(row.Figures.GapClosed))
                json.WriteNumber("gap_closed", row.Figures.GapClosed);
            json.WriteNumber("under_routing", row.Figures.UnderRouting);
            json.WriteNumber("over_routing", row.Figures.OverRouting);
            json.WriteNumber("entropy", row.Figures.Entropy);
            json.WriteNumber("router_arena", row.Figures.Arena);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Per question: estimated gain and, at a half of the calls to strong, the choice.</summary>
    public static void WritePredictions(string file, Corpus corpus, string[] pair, PairEvaluation evaluation)
    {
        float[] gain = evaluation.Scores[PairEvaluation.Blend];
        float[] sorted = [.. gain];
        Array.Sort(sorted);
        float middle = sorted[sorted.Length / 2];
        WriteLines(
            file,
            evaluation.Items.Length,
            (json, i) =>
            {
                json.WriteString("query_id", corpus.Query(evaluation.Items[i]).Id);
                json.WriteNumber("gain", gain[i]);
                json.WriteString("chosen", gain[i] >= middle ? pair[1] : pair[0]);
            }
        );
    }

    public static void WritePredictions(string file, Corpus corpus, PoolEvaluation evaluation, PoolReport report)
    {
        int models = evaluation.Outcome.Models.Count;
        WriteLines(
            file,
            evaluation.Items.Length,
            (json, i) =>
            {
                json.WriteString("query_id", corpus.Query(evaluation.Items[i]).Id);
                json.WriteStartObject("quality");
                for (int m = 0; m < models; m++)
                    json.WriteNumber(evaluation.Outcome.Models[m], evaluation.Quality[(i * models) + m]);
                json.WriteEndObject();
                json.WriteString("chosen", evaluation.Outcome.Models[report.Chosen[i]]);
                json.WriteNumber("cost_usd", evaluation.Cost[(i * models) + report.Chosen[i]]);
            }
        );
    }

    private static void WriteLines(string file, int count, Action<Utf8JsonWriter, int> line)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream);
        for (int i = 0; i < count; i++)
        {
            json.WriteStartObject();
            line(json, i);
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static void Head(Utf8JsonWriter json, LabelledSet set, SplitPlan plan)
    {
        json.WriteString("set", set.Name);
        json.WriteString("data_sha256", set.Hash);
        json.WriteNumber("folds", plan.Folds);
        if (plan.TrainOn is { } n)
            json.WriteNumber("labels", n);
        json.WriteBoolean("tasks_left_out", plan.ColdTasks);
        json.WriteNumber("seed", plan.Seed);
    }

    private static void Rows(Utf8JsonWriter json, IReadOnlyList<PairReport.Row> rows)
    {
        json.WriteStartArray("routers");
        foreach (PairReport.Row row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("count", row.Count);
            Value(json, "apgr", row.Apgr);
            json.WriteNumber("apgr_ten_bins", row.ApgrTenBins);
            Value(json, "cpt50", row.Cpt50);
            Value(json, "cpt80", row.Cpt80);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, string name, Figure figure)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(figure.Value);
        json.WriteNumberValue(figure.Low);
        json.WriteNumberValue(figure.High);
        json.WriteEndArray();
    }
}
