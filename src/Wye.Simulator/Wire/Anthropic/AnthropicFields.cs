using System.Text.Json;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Fields of a request, and what Anthropic says of bad ones.</summary>
internal static class AnthropicFields
{
    public static WireError Invalid(string message) => new(400, message);

    public static WireError Required(string field) => Invalid($"{field}: Field required");

    /// <summary>Null: the field is missing, null, or <paramref name="json"/> is no object.</summary>
    public static JsonElement? Value(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>Null: missing or no string.</summary>
    public static string? Text(JsonElement json, string name) =>
        Value(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(JsonElement json, string name) => Value(json, name) is { ValueKind: JsonValueKind.True };

    /// <summary>True when the block carries a cache mark.</summary>
    public static bool IsMarked(JsonElement block) => Value(block, "cache_control") is not null;

    /// <summary>Letters, digits, underscore and hyphen, <paramref name="limit"/> at most.</summary>
    public static bool IsName(string text, int limit = int.MaxValue)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0 && text.Length <= limit;
    }
}
