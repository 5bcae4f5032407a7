using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>
/// Writes a JSON schema for the answer so that the provider takes it: every object with properties is closed, which narrows the
/// answer and breaks no promise, and bounds that are refused there are told to the model in the description instead.
/// </summary>
/// <remarks>
/// Source: Structured outputs, JSON schema limitations (platform.claude.com/docs). An object without properties stays open, and
/// the provider refuses it: closed it could only be empty.
/// </remarks>
internal sealed class OutputSchema(Utf8JsonWriter json, ICollection<string>? dropped)
{
    private static readonly string[] Bounds =
    [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];

    private static readonly string[] Formats =
    [
        "date-time",
        "time",
        "date",
        "duration",
        "email",
        "hostname",
        "uri",
        "ipv4",
        "ipv6",
        "uuid",
    ];

    /// <summary>Writes a schema as one value.</summary>
    public static void Write(Utf8JsonWriter json, string schema, ICollection<string>? dropped)
    {
        using var document = Json.Parse(schema);
        new OutputSchema(json, dropped).WriteNode(document.RootElement);
    }

    private void WriteNode(JsonElement node)
    {
        if (!node.IsObject())
        {
            json.WriteRaw(node);
            return;
        }

        var closes =
            node.Member("properties"u8).Asks()
            && node.Member("additionalProperties"u8).ValueKind != JsonValueKind.False;
        List<JsonProperty> told = [.. node.Members().Where(IsRefused)];
        var description = Description(node.String("description"u8), told);
        json.WriteStartObject();
        foreach (var member in node.Members())
        {
            var isOther = member.NameEquals("description"u8) || (closes && member.NameEquals("additionalProperties"u8));
            if (!isOther && !IsRefused(member))
            {
                WriteMember(member);
            }
        }

        if (closes)
        {
            json.WriteBoolean("additionalProperties"u8, false);
        }

        if (description is not null)
        {
            json.WriteString("description"u8, description);
        }

        json.WriteEndObject();
    }

    private void WriteMember(JsonProperty member)
    {
        switch (member.Name)
        {
            case "properties" or "$defs" or "definitions" when member.Value.IsObject():
                json.WriteStartObject(member.Name);
                foreach (var named in member.Value.Members())
                {
                    json.WritePropertyName(named.Name);
                    WriteNode(named.Value);
                }

                json.WriteEndObject();
                break;
            case "anyOf" or "oneOf" or "allOf" when member.Value.ValueKind == JsonValueKind.Array:
                // Of exactly one and at least one only the latter is known there.
                json.WriteStartArray(member.Name is "oneOf" ? "anyOf" : member.Name);
                foreach (var branch in member.Value.Items())
                {
                    WriteNode(branch);
                }

                json.WriteEndArray();
                break;
            case "items":
                json.WritePropertyName(member.Name);
                WriteNode(member.Value);
                break;
            default:
                json.WritePropertyName(member.Name);
                json.WriteRaw(member.Value);
                break;
        }
    }

    private string? Description(string? own, List<JsonProperty> told)
    {
        if (told.Count == 0)
        {
            return own;
        }

        foreach (var member in told)
        {
            dropped?.Add("json_schema." + member.Name);
        }

        var words = string.Join(", ", told.Select(member => $"{member.Name}: {member.Value.GetRawText()}"));
        return own is null ? words : $"{own} ({words})";
    }

    private static bool IsRefused(JsonProperty member) =>
        member.Name switch
        {
            "minItems" => member.Value.Whole() is not (0 or 1),
            "format" => member.Value.String() is not { } format || !Formats.Contains(format, StringComparer.Ordinal),
            var name => Bounds.Contains(name, StringComparer.Ordinal),
        };
}
