using System.Text.Json;

namespace Wye.Quality.Files;

/// <summary>The manifest's part that people read.</summary>
internal static class ManifestJson
{
    public static void Write(Utf8JsonWriter json, RouterManifest manifest)
    {
        json.WriteString("name", manifest.Name);
        json.WriteNumber("seed", manifest.Seed);
        json.WriteNumber("labels", manifest.Labels);
        json.WriteStartArray("sources");
        foreach (RouterManifest.Source source in manifest.Sources)
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            json.WriteString("sha256", source.Hash);
            json.WriteNumber("questions", source.Questions);
            json.WriteNumber("models", source.Models);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("guard", manifest.Guard);
        json.WriteBoolean("champion", manifest.Champion);
        if (manifest.Threshold is { } threshold)
            json.WriteNumber("threshold", threshold);
        json.WriteString("target", manifest.Target);
        if (manifest.Calibration is { } calibration)
            Write(json, calibration);
        json.WriteStartObject("metrics");
        foreach (var (name, value) in manifest.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RouterCalibration calibration)
    {
        json.WriteStartObject("calibration");
        json.WriteString("weak", calibration.Weak);
        json.WriteString("strong", calibration.Strong);
        json.WriteNumber("strong_share", calibration.StrongShare);
        json.WriteNumber("questions", calibration.Questions);
        json.WriteStartArray("edges");
        foreach (float edge in calibration.Edges)
            json.WriteNumberValue(edge);
        json.WriteEndArray();
        if (calibration.Shares is { } shares)
        {
            json.WriteStartArray("shares");
            foreach (double share in shares)
                json.WriteNumberValue(share);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static RouterCalibration? Calibration(JsonElement root) =>
        root.TryGetProperty("calibration", out JsonElement calibration)
            ? new RouterCalibration(
                calibration.GetProperty("weak").GetString()!,
                calibration.GetProperty("strong").GetString()!,
                calibration.GetProperty("strong_share").GetDouble(),
                calibration.GetProperty("questions").GetInt32(),
                [.. calibration.GetProperty("edges").EnumerateArray().Select(e => e.GetSingle())],
                calibration.TryGetProperty("shares", out JsonElement shares)
                    ? [.. shares.EnumerateArray().Select(s => s.GetDouble())]
                    : null
            )
            : null;

    public static RouterManifest Read(JsonElement root)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty metric in root.GetProperty("metrics").EnumerateObject())
            metrics[metric.Name] = metric.Value.GetDouble();
        return new RouterManifest
        {
            Name = root.GetProperty("name").GetString()!,
            Seed = root.GetProperty("seed").GetUInt64(),
            Labels = root.GetProperty("labels").GetInt32(),
            Sources =
            [
                .. root.GetProperty("sources")
                    .EnumerateArray()
                    .Select(s => new RouterManifest.Source(
                        s.GetProperty("name").GetString()!,
                        s.GetProperty("sha256").GetString()!,
                        s.GetProperty("questions").GetInt32(),
                        s.GetProperty("models").GetInt32()
                    )),
            ],
            Guard = root.GetProperty("guard").GetString()!,
            Champion = root.GetProperty("champion").GetBoolean(),
            Threshold = root.TryGetProperty("threshold", out JsonElement threshold) ? threshold.GetDouble() : null,
            Target = root.GetProperty("target").GetString()!,
            Calibration = Calibration(root),
            Metrics = metrics,
        };
    }
}
