using System.Text.Json;

namespace Wye.Simulator.Wire;

/// <summary>The body of <c>POST /v1/embeddings</c>.</summary>
/// <param name="Model">The model asked for.</param>
/// <param name="Inputs">Texts, or the JSON of token arrays.</param>
/// <param name="Dimensions">Wished length of the vectors; null: the model's.</param>
/// <param name="Base64">True: little-endian floats in base 64 instead of numbers.</param>
internal sealed record EmbeddingsRequest(string Model, List<string> Inputs, int? Dimensions, bool Base64)
{
    /// <summary>Null: the body lacks a model or an input.</summary>
    public static EmbeddingsRequest? Read(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        var root = JsonElement.ParseValue(ref json);
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("model", out var model)
            || !root.TryGetProperty("input", out var input)
        )
        {
            return null;
        }

        var inputs = input.ValueKind switch
        {
            JsonValueKind.String => [input.GetString()!],
            JsonValueKind.Array when input.GetArrayLength() > 0 && input[0].ValueKind == JsonValueKind.Number =>
            [
                input.GetRawText(),
            ],
            JsonValueKind.Array => input
                .EnumerateArray()
                .Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : i.GetRawText())
                .ToList(),
            _ => new List<string>(),
        };
        int? dimensions =
            root.TryGetProperty("dimensions", out var wished) && wished.TryGetInt32(out var count) ? count : null;
        var base64 =
            root.TryGetProperty("encoding_format", out var format)
            && string.Equals(format.GetString(), "base64", StringComparison.Ordinal);
        return inputs.Count == 0 ? null : new EmbeddingsRequest(model.GetString() ?? "", inputs, dimensions, base64);
    }
}
