using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;
using Wye.Quality.Files;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Writes evaluation figures as JSON: one set as one object, several under <c>sections</c>. A figure is [value, low, high].</summary>
internal static class EvalJson
{
    public static void WriteFile(
        string file,
        EvalRequest request,
        IReadOnlyList<EvalSection> sections,
        RouterManifest? manifest,
        ChampionGuard.Verdict? verdict
    ) =>
        OutputFile.Write(
            file,
            stream => LearningOptions.WriteJson(stream, json => Write(json, request, sections, manifest, verdict))
        );

    public static void Write(
        Utf8JsonWriter json,
        EvalRequest request,
        IReadOnlyList<EvalSection> sections,
        RouterManifest? manifest,
        ChampionGuard.Verdict? verdict
    )
    {
        json.WriteStartObject();
        if (manifest is not null)
            Router(json, manifest, verdict, request.Guard);
        if (sections.Count == 1)
        {
            Section(json, request, sections[0]);
        }
        else
        {
            json.WriteStartArray("sections");
            foreach (EvalSection section in sections)
            {
                json.WriteStartObject();
                Section(json, request, section);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Router(
        Utf8JsonWriter json,
        RouterManifest manifest,
        ChampionGuard.Verdict? verdict,
        bool guarded
    )
    {
        json.WriteStartObject("router");
        json.WriteString("name", manifest.Name);
        json.WriteNumber("seed", manifest.Seed);
        json.WriteNumber("labels", manifest.Labels);
        json.WriteString("guard_sha256", manifest.Guard);
        json.WriteBoolean("guard_verified", guarded);
        if (verdict is not null)
        {
            json.WriteBoolean("champion", verdict.Champion);
            json.WriteNumber("guard_questions", verdict.Questions);
            Value(json, "guard_over_constant", verdict.OverConstant);
            Value(json, "guard_over_mix", verdict.OverMix);
        }

        json.WriteEndObject();
    }

    private static void Section(Utf8JsonWriter json, EvalRequest request, EvalSection section)
    {
        PoolReport report = section.Report;
        json.WriteString("set", section.Set.Name);
        json.WriteString("data_sha256", section.Set.Hash);
        json.WriteString("scheme", section.Scheme);
        json.WriteNumber("count", report.Count);
        json.WriteNumber("left_out_as_trained_on", section.LeftOut);
        if (request.Router is null)
        {
            json.WriteNumber("folds", request.Plan.Folds);
            if (request.Plan.TrainOn is { } n)
                json.WriteNumber("labels", n);
            json.WriteBoolean("tasks_left_out", request.Plan.ColdTasks);
        }

        json.WriteNumber("seed", request.Plan.Seed);
        if (section.Pair is { } pair)
        {
            json.WriteString("weak", pair.Weak);
            json.WriteString("strong", pair.Strong);
        }

        if (section.Curve is { } curve)
            EvalCurveJson.Write(json, curve);
        json.WriteString("cost_unit", report.Priced ? "USD" : "strong calls");
        json.WriteNumber("quality_bar", report.Bar);
        json.WriteString("operating_point", report.OperatingPoint);
        json.WriteBoolean("collapsed", report.Collapsed);
        Frontiers(json, report);
        Models(json, report);
        json.WriteStartArray("choices");
        foreach (PoolReport.Row row in report.Rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            Choice(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Tasks(json, report);
        Operations(json, section);
    }

    private static void Frontiers(Utf8JsonWriter json, PoolReport report)
    {
        PoolReport.Frontier own = report.Frontiers[0];
        Value(json, "savings_at_best_single", own.Saved100);
        Value(json, "savings_at_99_percent", own.Saved99);
        Value(json, "savings_at_95_percent", own.Saved95);
        Value(json, "aiq_gain", own.AiqGain);
        json.WriteStartArray("frontiers");
        foreach (PoolReport.Frontier frontier in report.Frontiers)
        {
            json.WriteStartObject();
            json.WriteString("name", frontier.Name);
            Value(json, "savings_at_best_single", frontier.Saved100);
            Value(json, "savings_at_99_percent", frontier.Saved99);
            Value(json, "savings_at_95_percent", frontier.Saved95);
            Value(json, "aiq", frontier.Aiq);
            Value(json, "aiq_gain", frontier.AiqGain);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Models(Utf8JsonWriter json, PoolReport report)
    {
        json.WriteStartArray("models");
        foreach (PoolReport.Model model in report.Models)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Name);
            Value(json, "quality", model.Quality);
            json.WriteNumber(report.Priced ? "usd_per_thousand" : "strong_calls_per_thousand", model.CostPerThousand);
            if (model.Calibration is { } calibration)
                Calibration(json, calibration, bins: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Choice(Utf8JsonWriter json, PoolReport.Row row)
    {
        Value(json, "quality", row.Of(f => f.Quality));
        Value(json, "cost_per_thousand", row.Of(f => f.CostPerThousand));
        Value(json, "over_random_mix", row.Of(f => f.OverMix));
        Value(json, "regret", row.Of(f => f.Regret));
        Value(json, "gap_closed", row.Of(f => f.GapClosed));
        Value(json, "violations", row.Of(f => f.Violations));
        Value(json, "under_routing", row.Of(f => f.UnderRouting));
        Value(json, "over_routing", row.Of(f => f.OverRouting));
        Value(json, "entropy", row.Of(f => f.Entropy));
        Value(json, "router_arena", row.Of(f => f.Arena));
    }

    private static void Tasks(Utf8JsonWriter json, PoolReport report)
    {
        json.WriteStartArray("choices_by_task");
        foreach (PoolReport.TaskRow task in report.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("task", task.Task);
            Choice(json, task.Router);
            Number(json, "best_single", task.BestSingle);
            Number(json, "best_constant_given_the_label", task.BestConstant);
            Number(json, "tf_idf_ridge", task.Baseline);
            Number(json, "oracle", task.Oracle);
            if (task.Calibration is { } calibration)
                Calibration(json, calibration, bins: false);
            json.WriteStartArray("models");
            for (int m = 0; m < task.ModelCalibrations.Count; m++)
            {
                json.WriteStartObject();
                json.WriteString("model", report.Models[m].Name);
                Calibration(json, task.ModelCalibrations[m], bins: false);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Operations(Utf8JsonWriter json, EvalSection section)
    {
        json.WriteStartObject("decision_microseconds");
        json.WriteNumber("p50", section.Timing.P50);
        json.WriteNumber("p99", section.Timing.P99);
        json.WriteNumber("decisions", section.Timing.Decisions);
        json.WriteEndObject();
        if (section.Drift is { } drift)
        {
            json.WriteStartObject("drift");
            json.WriteNumber("psi", drift.Psi);
            json.WriteNumber("calibrated_strong_share", drift.CalibratedShare);
            json.WriteNumber("realised_strong_share", drift.RealisedShare);
            json.WriteEndObject();
        }

        if (section.Perturbation is not { } perturbation)
            return;
        json.WriteStartObject("perturbation");
        json.WriteNumber("questions", perturbation.Questions);
        json.WriteNumber("unchanged", perturbation.Unchanged);
        foreach (var (change, unchanged) in perturbation.Changes)
            json.WriteNumber(change, unchanged);
        json.WriteEndObject();
    }

    private static void Calibration(Utf8JsonWriter json, CalibrationError calibration, bool bins)
    {
        json.WriteNumber("ece", calibration.Ece);
        json.WriteNumber("brier", calibration.Brier);
        if (!bins)
            return;
        json.WriteStartArray("reliability");
        foreach (var (predicted, observed, count) in calibration.Bins)
        {
            json.WriteStartArray();
            json.WriteNumberValue(predicted);
            json.WriteNumberValue(observed);
            json.WriteNumberValue(count);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>[value, low, high]; left out when it is not defined.</summary>
    internal static void Value(Utf8JsonWriter json, string name, Figure figure)
    {
        if (!double.IsFinite(figure.Value))
            return;
        json.WriteStartArray(name);
        json.WriteNumberValue(figure.Value);
        json.WriteNumberValue(double.IsFinite(figure.Low) ? figure.Low : figure.Value);
        json.WriteNumberValue(double.IsFinite(figure.High) ? figure.High : figure.Value);
        json.WriteEndArray();
    }

    /// <summary>Left out when it is not defined.</summary>
    internal static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
    }
}
