using System.Buffers;
using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Anthropic;

/// <summary>Writes the dialect's error envelope.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes <c>{"type":"error","error":{"type","message"}}</c>, without line breaks; with <c>details</c> where clients go by them.</summary>
    public static void Write(ChatError error, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, ErrorFace.Of(error).Type);

        // The envelope has no place of its own for the part that is wrong.
        var named = error.Param is not { } param || error.Message.Contains(param, StringComparison.Ordinal);
        json.WriteString("message"u8, named ? error.Message : $"{error.Param}: {error.Message}");
        if (error.Code == ChatErrorCodes.ThreadUnsupported)
        {
            json.WriteStartObject("details"u8);
            json.WriteString("error_code"u8, error.Code);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
