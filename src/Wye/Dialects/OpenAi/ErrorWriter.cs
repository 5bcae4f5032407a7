using System.Buffers;
using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.OpenAi;

/// <summary>Writes the dialect's error envelope.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes <c>{"error":{"message","type","param","code"}}</c>, without line breaks.</summary>
    public static void Write(ChatError error, IBufferWriter<byte> output)
    {
        var face = ErrorFace.Of(error);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, face.Type);
        WriteOrNull(json, "param"u8, error.Param);
        WriteOrNull(json, "code"u8, face.CodeOf(error));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOrNull(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }
}
