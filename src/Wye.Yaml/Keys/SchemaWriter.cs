using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wye.Yaml.Keys;

/// <summary>A key table as JSON Schema. Every value may also be left empty or come from the environment.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter json)
{
    private const string Variable = @"|\$\{";

    /// <summary>The members of the schema of a map.</summary>
    public void WriteMap(KeyTable table)
    {
        WriteTypes("object", "null");
        json.WriteBoolean("additionalProperties", false);
        if (table.Rows.Exists(row => row.IsRequired))
        {
            json.WriteStartArray("required");
            foreach (var row in table.Rows.Where(row => row.IsRequired))
            {
                json.WriteStringValue(row.Key);
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject(row.Key);
            Write(row);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(KeyRow row)
    {
        const KeyShapes Structured =
            KeyShapes.Texts | KeyShapes.TextMap | KeyShapes.Map | KeyShapes.List | KeyShapes.Named;
        var scalar = row.Shapes & ~Structured;
        var structured = row.Shapes & Structured;
        if (scalar == KeyShapes.None || structured == KeyShapes.None)
        {
            Write(row, row.Shapes);
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        Write(row, scalar);
        json.WriteEndObject();
        json.WriteStartObject();
        Write(row, structured);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Write(KeyRow row, KeyShapes shapes)
    {
        switch (shapes)
        {
            case KeyShapes.Map:
                WriteMap(row.Below);
                break;
            case KeyShapes.List:
                WriteTypes("array", "null");
                json.WriteStartObject("items");
                WriteMap(row.Below);
                json.WriteEndObject();
                break;
            case KeyShapes.Named:
                WriteTypes("object", "null");
                json.WriteStartObject("additionalProperties");
                WriteMap(row.Below);
                json.WriteEndObject();
                break;
            case KeyShapes.TextMap:
                WriteTypes("object", "null");
                json.WriteStartObject("additionalProperties");
                WriteTypes("string", "number", "boolean");
                json.WriteEndObject();
                break;
            case KeyShapes.Texts:
                WriteTexts(row);
                break;
            default:
                WriteScalar(row, shapes);
                break;
        }
    }

    private void WriteTexts(KeyRow row)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteText(row);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteText(row);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteText(KeyRow row)
    {
        if (row.Words.Count > 0)
        {
            WriteTypes("string", "null");
            json.WriteString("pattern", $"^(?:{Alternatives(row)})${Variable}");
        }
        else
        {
            // A name such as 4711 or true is a text here, whatever YAML takes it for.
            WriteTypes("string", "number", "boolean", "null");
        }
    }

    private void WriteScalar(KeyRow row, KeyShapes shapes)
    {
        (string? Type, string? Pattern) form = (shapes & ~KeyShapes.Word) switch
        {
            KeyShapes.Int => ("integer", "[+-]?[0-9_]+"),
            KeyShapes.Number => ("number", @"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"),
            KeyShapes.Flag => ("boolean", "true|True|TRUE|false|False|FALSE"),
            KeyShapes.Duration => ("integer", @"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+) *(?:ms|s|m|h)|0"),
            KeyShapes.Bytes => ("integer", @"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+) *(?:KiB|MiB|GiB|kB|KB|MB|GB|B)|[0-9]+"),
            KeyShapes.TimeOfDay => (null, "[0-9]{1,2}:[0-9]{2}|[0-9]{2}:[0-9]{2}:[0-9]{2}"),
            KeyShapes.Day => (null, "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
            KeyShapes.None => (null, ""),
            _ => (null, null),
        };
        if (form.Pattern is not { } pattern)
        {
            WriteText(row);
            return;
        }

        WriteTypes(form.Type is { } type ? [type, "string", "null"] : ["string", "null"]);
        var words = row.Words.Count == 0 ? pattern : $"{pattern}{(pattern.Length == 0 ? "" : "|")}{Alternatives(row)}";
        json.WriteString("pattern", $"^(?:{words})${Variable}");
        if (shapes == KeyShapes.Duration)
        {
            // Zero alone needs no unit.
            json.WriteNumber("minimum", 0);
            json.WriteNumber("maximum", 0);
        }
    }

    private static string Alternatives(KeyRow row) => string.Join('|', row.Words.Select(Regex.Escape));

    private void WriteTypes(params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (var type in types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
