using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Answers;

/// <summary>Writes a JSON value that a JSON Schema admits, carrying the answer where a string, number or choice allows it.</summary>
/// <remarks>
/// Knows type, properties, items, prefixItems, enum, const, anyOf, oneOf, allOf (first branch, or merged objects), local $ref, bounds
/// on numbers, lengths and counts, common formats. Does not know pattern, not, if/then. A keyword of a wrong type says nothing.
/// </remarks>
internal sealed class SchemaSampler(JsonElement root, string model, TruthDraw draw)
{
    private const int MaxDepth = 12;
    private const int LeanDepth = 5;
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public byte[] Sample()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Value(writer, root, 0);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Value(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            writer.WriteNullValue();
            return;
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            constant.WriteTo(writer);
        }
        else if (Has(schema, "enum", JsonValueKind.Array, out var choices) && choices.GetArrayLength() > 0)
        {
            Choice(choices).WriteTo(writer);
        }
        else if (Branch(schema) is { } branch)
        {
            Value(writer, branch, depth + 1);
        }
        else
        {
            Typed(writer, schema, depth);
        }
    }

    private void Typed(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        switch (TypeOf(schema))
        {
            case "object":
                Object(writer, schema, depth);
                break;
            case "array":
                Array(writer, schema, depth);
                break;
            case "integer":
                writer.WriteNumberValue((long)Number(schema, 1));
                break;
            case "number":
                writer.WriteNumberValue(Number(schema, 1e-3));
                break;
            case "boolean":
                writer.WriteBooleanValue((draw.Topic & 1) == 0 == draw.Correct);
                break;
            case "null":
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(Text(schema));
                break;
        }
    }

    private void Object(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        writer.WriteStartObject();
        var written = new HashSet<string>(StringComparer.Ordinal);
        Properties(writer, schema, depth, written);
        if (Has(schema, "allOf", JsonValueKind.Array, out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Properties(writer, Resolve(part), depth, written);
            }
        }

        writer.WriteEndObject();
    }

    private void Properties(Utf8JsonWriter writer, JsonElement schema, int depth, HashSet<string> written)
    {
        if (!Has(schema, "properties", JsonValueKind.Object, out var properties))
        {
            return;
        }

        var required = Has(schema, "required", JsonValueKind.Array, out var names)
            ? names.EnumerateArray().Select(StringOf).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            // Deep down only what must be there: a schema may refer to itself.
            if ((depth < LeanDepth || required.Contains(property.Name)) && written.Add(property.Name))
            {
                writer.WritePropertyName(property.Name);
                Value(writer, property.Value, depth + 1);
            }
        }
    }

    private void Array(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        writer.WriteStartArray();
        var least = Integer(schema, "minItems") ?? 0;
        var most = Integer(schema, "maxItems") ?? long.MaxValue;
        var fixedItems = 0;
        if (Has(schema, "prefixItems", JsonValueKind.Array, out var prefix))
        {
            foreach (var item in prefix.EnumerateArray())
            {
                Value(writer, item, depth + 1);
                fixedItems++;
            }
        }

        var wanted = Math.Min(Math.Max(least, depth < LeanDepth ? 1 : 0), most);
        for (var i = fixedItems; i < wanted; i++)
        {
            if (Has(schema, "items", JsonValueKind.Object, out var items))
            {
                Value(writer, items, depth + 1);
            }
            else
            {
                writer.WriteNumberValue(draw.Answer + i);
            }
        }

        writer.WriteEndArray();
    }

    private JsonElement Choice(JsonElement choices)
    {
        var count = choices.GetArrayLength();
        return choices[(StableHash.Pick(draw.Topic, count) + draw.Variant) % count];
    }

    private double Number(JsonElement schema, double step)
    {
        var low = Real(schema, "minimum") ?? (Real(schema, "exclusiveMinimum") + step);
        var high = Real(schema, "maximum") ?? (Real(schema, "exclusiveMaximum") - step);
        double value = draw.Answer;
        if (low is { } l && high is { } h)
        {
            var u = StableHash.Unit(StableHash.Mix(draw.Topic + (ulong)draw.Variant));
            value = l + (u * (h - l));
        }
        else
        {
            value = Math.Min(Math.Max(value, low ?? value), high ?? value);
        }

        if (Real(schema, "multipleOf") is { } unit and > 0)
        {
            value = Math.Ceiling((low ?? value) / unit) * unit;
        }

        return step >= 1
            ? Math.Ceiling(low ?? Math.Floor(value)) is var floor && value < floor
                ? floor
                : Math.Floor(value)
            : value;
    }

    private string Text(JsonElement schema)
    {
        var number = draw.Answer.ToString(CultureInfo.InvariantCulture);
        if (Has(schema, "format", JsonValueKind.String, out var format))
        {
            var day = (1 + (draw.Answer % 28)).ToString("00", CultureInfo.InvariantCulture);
            switch (format.GetString())
            {
                case "date":
                    return $"2025-01-{day}";
                case "date-time":
                    return $"2025-01-{day}T00:00:00Z";
                case "time":
                    return "12:00:00Z";
                case "email":
                    return $"simulated{number}@example.com";
                case "uri" or "url":
                    return $"https://example.com/{number}";
                case "uuid":
                    return $"00000000-0000-4000-8000-{draw.Answer.ToString("x12", CultureInfo.InvariantCulture)}";
            }
        }

        var text = $"[simulated {model}] {number}";
        if (Integer(schema, "maxLength") is { } most && text.Length > most)
        {
            text = number.Length <= most ? number : number[..(int)Math.Max(most, 0)];
        }

        return text.PadRight((int)Math.Min(Integer(schema, "minLength") ?? 0, 100_000), '.');
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (
            !schema.TryGetProperty("type", out var type)
            || type.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)
        )
        {
            return Has(schema, "properties", JsonValueKind.Object, out _)
                || Has(schema, "allOf", JsonValueKind.Array, out _)
                    ? "object"
                : Has(schema, "items", JsonValueKind.Object, out _) ? "array"
                : null;
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray()
                .Select(StringOf)
                .FirstOrDefault(t => !string.Equals(t, "null", StringComparison.Ordinal))
            : StringOf(type);
    }

    private static JsonElement? Branch(JsonElement schema)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (Has(schema, keyword, JsonValueKind.Array, out var branches) && branches.GetArrayLength() > 0)
            {
                return branches[0];
            }
        }

        return null;
    }

    private JsonElement Resolve(JsonElement schema)
    {
        for (var hops = 0; hops < MaxDepth; hops++)
        {
            if (
                schema.ValueKind != JsonValueKind.Object
                || !schema.TryGetProperty("$ref", out var reference)
                || StringOf(reference) is not { } path
                || !path.StartsWith('#')
            )
            {
                return schema;
            }

            schema = root;
            foreach (var part in path.Split('/').Skip(1))
            {
                if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty(part, out schema))
                {
                    return default;
                }
            }
        }

        return schema;
    }

    private static bool Has(JsonElement schema, string name, JsonValueKind kind, out JsonElement value) =>
        schema.TryGetProperty(name, out value) && value.ValueKind == kind;

    private static string? StringOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Real(JsonElement schema, string name) =>
        Has(schema, name, JsonValueKind.Number, out var value) && value.TryGetDouble(out var number) ? number : null;

    private static long? Integer(JsonElement schema, string name) =>
        Has(schema, name, JsonValueKind.Number, out var value) && value.TryGetInt64(out var number) ? number : null;
}
