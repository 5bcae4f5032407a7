using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wye.Yaml.Keys;

namespace Wye.Yaml;

/// <summary>The JSON Schema (draft 7) of <c>wye.yaml</c>, for editors. Made from the keys that the reader asks for. Stateless.</summary>
public static class ConfigSchema
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON, with a line end; always the same text.</summary>
    public static string Text()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "wye.yaml");
            json.WriteString("description", "Configuration of Wye. Every key is described in docs/configuration.md.");
            new SchemaWriter(json).WriteMap(KeyTable.OfConfiguration());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
