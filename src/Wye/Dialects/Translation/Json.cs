using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wye.Dialects.Text;

namespace Wye.Dialects.Translation;

/// <summary>Reads a document's elements without exceptions: what is missing or of another type is null or nothing.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>How bodies for providers and callers are written: what need not be escaped is not.</summary>
    public static JsonWriterOptions Writing { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Parses bytes that a reader of the dialect has accepted. Dispose the result.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Options);

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(json, Options);

    /// <summary>Writes a value as it stands in its document.</summary>
    public static void WriteRaw(this Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>Whether text is one whole JSON object.</summary>
    public static bool IsObject(string text)
    {
        try
        {
            using var document = Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A member; undefined when there is none, or the element is no object.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
                ? value
                : default;
        }
        catch (InvalidOperationException)
        {
            // A provider's answer may name a member with half of a surrogate pair, which cannot be compared.
            return default;
        }
    }

    /// <summary>The members; none when it is no object.</summary>
    public static JsonElement.ObjectEnumerator Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default;

    /// <summary>The items; none when it is no array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    /// <summary>The string, half surrogate pairs as U+FFFD; null when it is none.</summary>
    public static string? String(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var literal = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (!literal.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(literal);
        }

        var rented = ArrayPool<byte>.Shared.Rent(literal.Length);
        var length = JsonEscapes.Unescape(literal, rented);
        var text = Encoding.UTF8.GetString(rented, 0, length);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>The string under a name; null when there is none.</summary>
    public static string? String(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name).String();

    /// <summary>
    /// The same as UTF-8, for texts too long to be copied: a slice of <paramref name="document"/>, which was parsed, or a copy where
    /// the text holds escapes; null when it is no string.
    /// </summary>
    public static ReadOnlyMemory<byte>? Utf8(this JsonElement element, ReadOnlyMemory<byte> document)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var literal = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (literal.Contains((byte)'\\') || !document.Span.Overlaps(literal, out var start))
        {
            var copy = GC.AllocateUninitializedArray<byte>(literal.Length);
            return copy.AsMemory(0, JsonEscapes.Unescape(literal, copy));
        }

        return document.Slice(start, literal.Length);
    }

    /// <summary>The whole number; null when it is none.</summary>
    public static int? Whole(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    /// <summary>The number; null when it is none.</summary>
    public static double? Number(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) ? number : null;

    /// <summary>True or false; null when it is neither.</summary>
    public static bool? Flag(this JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null;

    /// <summary>Whether it is a JSON object.</summary>
    public static bool IsObject(this JsonElement element) => element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it asks for something: not missing, null, false, zero or empty.</summary>
    public static bool Asks(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
            JsonValueKind.Number => element.Number() is not 0,
            JsonValueKind.String => JsonMarshal.GetRawUtf8Value(element).Length > "\"\"".Length,
            JsonValueKind.Array => element.GetArrayLength() > 0,
            JsonValueKind.Object => element.GetPropertyCount() > 0,
            _ => true,
        };
}
