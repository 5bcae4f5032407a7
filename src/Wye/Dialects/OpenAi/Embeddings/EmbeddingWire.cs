using System.Buffers;
using System.Text.Json;

namespace Wye.Dialects.OpenAi.Embeddings;

/// <summary><c>POST /v1/embeddings</c>: one text in, one vector out.</summary>
internal static class EmbeddingWire
{
    /// <summary>Where it is asked, below the base address.</summary>
    public const string Path = "embeddings";

    /// <summary>Writes a request.</summary>
    /// <param name="body">Takes the JSON.</param>
    /// <param name="model">Name of the embedding model.</param>
    /// <param name="text">The text, UTF-8; broken characters are replaced.</param>
    /// <param name="dimensions">Length asked for; null = the model's own.</param>
    public static void WriteRequest(IBufferWriter<byte> body, string model, ReadOnlySpan<byte> text, int? dimensions)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WriteString("input"u8, System.Text.Encoding.UTF8.GetString(text));
        json.WriteString("encoding_format"u8, "float"u8);
        if (dimensions is { } length)
        {
            json.WriteNumber("dimensions"u8, length);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the first vector of an answer; null = there is none of that length.</summary>
    /// <param name="answer">The JSON.</param>
    /// <param name="length">Its length; null = any.</param>
    public static float[]? ReadVector(ReadOnlyMemory<byte> answer, int? length)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (
                json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("data"u8, out var data)
                || data.ValueKind != JsonValueKind.Array
                || data.GetArrayLength() == 0
                || !data[0].TryGetProperty("embedding"u8, out var values)
                || values.ValueKind != JsonValueKind.Array
                || values.GetArrayLength() is var given && (given == 0 || given != (length ?? given))
            )
            {
                return null;
            }

            var vector = new float[given];
            var at = 0;
            foreach (var value in values.EnumerateArray())
            {
                if (!value.TryGetSingle(out vector[at]) || !float.IsFinite(vector[at]))
                {
                    return null;
                }

                at++;
            }

            return vector;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
