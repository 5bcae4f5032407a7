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
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        WriteMembers(json, error);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes what stands inside the envelope.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ChatError error)
    {
        var face = ErrorFace.Of(error);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, face.Type);
        WriteOrNull(json, "param"u8, error.Param);
        WriteOrNull(json, "code"u8, face.CodeOf(error));
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
