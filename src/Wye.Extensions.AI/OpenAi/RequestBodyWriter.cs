using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Writes a chat request body from messages and options. What has no form in it (TopK, raw representations) is left out.</summary>
internal static class RequestBodyWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">What the caller set; null = nothing.</param>
    /// <param name="model">Route, alias or model to ask for.</param>
    /// <param name="stream">Whether the answer shall be streamed.</param>
    /// <exception cref="NotSupportedException">A content or tool has no form in a chat request.</exception>
    public static ReadOnlyMemory<byte> Write(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        string model,
        bool stream
    )
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, Plain);
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        if (stream)
        {
            json.WriteBoolean("stream"u8, true);
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        if (options is not null)
        {
            OptionsWriter.Write(json, options);
        }

        json.WriteStartArray("messages"u8);
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            MessageWriter.Write(json, new ChatMessage(ChatRole.System, instructions));
        }

        foreach (var message in messages)
        {
            MessageWriter.Write(json, message);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
