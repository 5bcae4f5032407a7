using System.Runtime.InteropServices;
using System.Text.Json;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Quality.Files;

/// <summary>Router to JSON with tensor names, and back.</summary>
internal static class SnapshotJson
{
    public static void Write(Utf8JsonWriter json, TensorWriter tensors, RouterSnapshot router)
    {
        RouterEncoder encoder = router.Encoder;
        json.WriteStartObject("encoder");
        json.WriteNumber("latent_width", encoder.Projection.Width);
        if (encoder.External is { } external)
        {
            json.WriteStartObject("external");
            json.WriteString("model", external.Model);
            json.WriteNumber("dimensions", external.Dimensions);
            json.WriteBoolean("shortened", external.Shortened);
            json.WriteEndObject();
        }

        json.WriteString("idf", tensors.Add(MemoryMarshal.Cast<byte, sbyte>(encoder.Idf).ToArray()));
        json.WriteString("projected", tensors.Add(Projected(encoder.Row)));
        json.WriteString("projection", tensors.Add(encoder.Projection.Values));
        json.WriteString("projection_scales", tensors.Add(encoder.Projection.Scales, TensorKind.Half));
        json.WriteString("mean", tensors.Add(encoder.Mean));
        json.WriteString("inverse_spread", tensors.Add(encoder.InverseSpread));
        json.WriteEndObject();
        json.WriteStartArray("models");
        foreach (string model in router.Models)
            json.WriteStringValue(model);
        json.WriteEndArray();
        if (router.Quality is { } quality)
        {
            json.WriteStartObject("quality");
            GroupJson.Write(json, tensors, quality);
            json.WriteEndObject();
        }

        if (router.Lengths is { } lengths)
            json.WriteString("lengths", tensors.Add(lengths.Weights));
        if (router.Costs is { } costs)
            json.WriteString("costs", tensors.Add(costs.Weights));
        if (router.Topics is { } topics)
        {
            json.WriteStartArray("cell_words");
            foreach (string words in topics.Words)
                json.WriteStringValue(words);
            json.WriteEndArray();
            json.WriteString("cell_questions", tensors.Add(topics.Questions));
        }

        json.WriteString("trained_questions", tensors.Add(router.TrainedQuestions));
        if (router.Gates.Count > 0)
        {
            json.WriteStartArray("gates");
            foreach (LearnedGate gate in router.Gates)
                GateJson.Write(json, tensors, gate);
            json.WriteEndArray();
        }

        json.WriteStartArray("pairs");
        foreach (PairHeads pair in router.Pairs)
        {
            json.WriteStartObject();
            json.WriteString("weak", pair.Weak);
            json.WriteString("strong", pair.Strong);
            GroupJson.Write(json, tensors, pair.Group);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Bucket of each row of the projection.
    private static int[] Projected(int[] row)
    {
        int[] buckets = new int[row.Max() + 1];
        for (int b = 0; b < row.Length; b++)
        {
            if (row[b] >= 0)
                buckets[row[b]] = b;
        }

        return buckets;
    }

    private static ExternalEncoder? External(JsonElement encoder)
    {
        if (!encoder.TryGetProperty("external", out JsonElement external))
            return null;
        int dimensions = external.GetProperty("dimensions").GetInt32();
        if (dimensions is < 1 or > PromptScratch.MostDense - FeatureLayout.Scalars)
            throw new RouterFileException(
                $"The router wants embeddings of {dimensions} numbers; at most {PromptScratch.MostDense - FeatureLayout.Scalars} can be served. Train it on shorter ones."
            );
        return new ExternalEncoder(
            external.GetProperty("model").GetString()!,
            dimensions,
            external.GetProperty("shortened").GetBoolean()
        );
    }

    public static RouterSnapshot Read(JsonElement json, TensorReader tensors, string name)
    {
        JsonElement encoder = json.GetProperty("encoder");
        int[] row = new int[FeatureLayout.WordBuckets];
        Array.Fill(row, -1);
        int[] projected = tensors.Integers(encoder, "projected");
        for (int r = 0; r < projected.Length; r++)
            row[projected[r]] = r;
        return new RouterSnapshot
        {
            Name = name,
            Encoder = new RouterEncoder
            {
                External = External(encoder),
                Idf = MemoryMarshal.AsBytes(tensors.Bytes(encoder, "idf").AsSpan()).ToArray(),
                Row = row,
                Projection = new ByteMatrix
                {
                    Values = tensors.Bytes(encoder, "projection"),
                    Scales = tensors.Floats(encoder, "projection_scales"),
                    Width = encoder.GetProperty("latent_width").GetInt32(),
                },
                Mean = tensors.Floats(encoder, "mean"),
                InverseSpread = tensors.Floats(encoder, "inverse_spread"),
            },
            Models = [.. json.GetProperty("models").EnumerateArray().Select(m => m.GetString()!)],
            Quality = json.TryGetProperty("quality", out JsonElement quality) ? GroupJson.Read(quality, tensors) : null,
            Lengths = json.TryGetProperty("lengths", out _)
                ? new LatentEstimator { Weights = tensors.Floats(json, "lengths") }
                : null,
            Costs = json.TryGetProperty("costs", out _)
                ? new LatentEstimator { Weights = tensors.Floats(json, "costs") }
                : null,
            Topics = json.TryGetProperty("cell_words", out JsonElement words)
                ? new CellTopics(
                    [.. words.EnumerateArray().Select(w => w.GetString()!)],
                    tensors.Integers(json, "cell_questions")
                )
                : null,
            TrainedQuestions = tensors.Integers(json, "trained_questions"),
            Gates = json.TryGetProperty("gates", out JsonElement gates)
                ? [.. gates.EnumerateArray().Select(gate => GateJson.Read(gate, tensors))]
                : [],
            Pairs =
            [
                .. json.GetProperty("pairs")
                    .EnumerateArray()
                    .Select(p => new PairHeads(
                        p.GetProperty("weak").GetString()!,
                        p.GetProperty("strong").GetString()!,
                        GroupJson.Read(p, tensors)
                    )),
            ],
        };
    }
}
