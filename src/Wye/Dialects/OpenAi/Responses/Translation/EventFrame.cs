using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Opens and closes events, and numbers them.</summary>
internal sealed class EventFrame
{
    private int _number;

    /// <summary>Opens an event; what is returned stands in its open object.</summary>
    public Utf8JsonWriter Open(string type, IBufferWriter<byte> output)
    {
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(type, output);
        output.Write("\ndata: "u8);
        var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("sequence_number"u8, _number++);
        return json;
    }

    /// <summary>Closes the event whose object is closed.</summary>
    public static void End(IBufferWriter<byte> output) => output.Write("\n\n"u8);
}
