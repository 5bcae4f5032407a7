using System.Globalization;
using System.Text.Json;
using Wye.Routing;

namespace Wye.Hosting;

/// <summary>How <c>learned</c> came to its choice, as JSON.</summary>
internal static class LearnedExplanation
{
    /// <summary>Writes one member.</summary>
    public static void Write(Utf8JsonWriter json, DecisionTrace trace)
    {
        json.WriteStartObject("learned");
        json.WriteString("router", trace.Router);
        json.WriteBoolean("champion", trace.Champion);
        json.WriteString("abstained", trace.Abstained);
        if (trace.Abstained is null)
        {
            json.WriteString("objective", trace.Objective);
            json.WriteString("settings", trace.Settings);
            json.WriteString("chosen", trace.Chosen?.Value);
            json.WriteString("runner_up", trace.RunnerUp?.Value);
            if (trace.Outcomes is var (used, idle))
            {
                json.WriteStartObject("outcomes");
                json.WriteNumber("used", used);
                json.WriteNumber("of_another_router", idle);
                json.WriteEndObject();
            }

            WriteCandidates(json, trace);
            WriteChanges(json, trace);
            WriteCells(json, trace);
        }

        json.WriteEndObject();
    }

    private static void WriteCandidates(Utf8JsonWriter json, DecisionTrace trace)
    {
        json.WriteStartArray("candidates");
        foreach (var scored in trace.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("model", scored.Model.Value);
            Write(json, "quality", scored.Quality.Value);
            Write(json, "uncertainty", scored.Quality.Uncertainty);
            Write(json, "correction", scored.Quality.Correction);
            json.WriteString("source", scored.Quality.Source.ToString().ToLowerInvariant());
            json.WriteString("profile", scored.Profile);
            Write(json, "expected_output_tokens", Math.Ceiling(scored.OutputTokens));
            json.WriteString(
                "expected_cost_usd",
                double.IsNaN(scored.CostUsd)
                    ? null
                    : scored.CostUsd.ToString("0.000000####", CultureInfo.InvariantCulture)
            );
            Write(json, "latency_ms", scored.Milliseconds);
            Write(json, "value", scored.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, DecisionTrace trace)
    {
        json.WriteStartArray("changes");
        foreach (var change in trace.Changes)
        {
            json.WriteStartObject();
            json.WriteString("setting", change.Setting);
            json.WriteString("when", change.Above ? "above" : "at_or_below");
            Write(json, "value", change.Value);
            json.WriteString("model", change.Model.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCells(Utf8JsonWriter json, DecisionTrace trace)
    {
        json.WriteStartArray("cells");
        foreach (var cell in trace.Cells)
        {
            json.WriteStartObject();
            json.WriteNumber("cell", cell.Number);
            Write(json, "weight", cell.Weight);
            json.WriteNumber("questions", cell.Questions);
            json.WriteString("words", cell.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Four decimals say all that was measured; what is not a number is null.
    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
