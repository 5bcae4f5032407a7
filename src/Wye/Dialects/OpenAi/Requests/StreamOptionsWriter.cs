using System.Buffers;
using System.Text.Json;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>Asks for usage in the stream options, whatever else they hold.</summary>
internal static class StreamOptionsWriter
{
    /// <summary>Writes the options with <c>include_usage: true</c>.</summary>
    /// <param name="value">The caller's value: an object, or null.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        var json = new Utf8JsonReader(value);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            output.Write("{\"include_usage\":true}"u8);
            return;
        }

        var empty = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            empty = false;
            var isUsage = json.ValueTextEquals("include_usage"u8);
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (isUsage)
            {
                output.Write(value[..start]);
                output.Write("true"u8);
                output.Write(value[(int)json.BytesConsumed..]);
                return;
            }
        }

        output.Write(empty ? "{\"include_usage\":true"u8 : "{\"include_usage\":true,"u8);
        output.Write(value[1..]);
    }
}
