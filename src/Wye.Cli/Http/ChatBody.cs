using System.Buffers;
using System.Text.Json;

namespace Wye.Cli.Http;

/// <summary>Writes a <see cref="ChatAsk"/> as the body of a chat completion.</summary>
internal static class ChatBody
{
    /// <summary>UTF-8 JSON.</summary>
    public static byte[] Write(ChatAsk ask)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + ask.Prompt.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", ask.Model);
            WriteMessages(json, ask.Prompt);
            if (ask.Stream)
            {
                json.WriteBoolean("stream", true);
            }

            if (ask.MaxTokens is { } bound)
            {
                json.WriteNumber("max_tokens", bound);
            }

            if (ask.Tools)
            {
                WriteTools(json);
            }

            if (ask.Json)
            {
                json.WriteStartObject("response_format");
                json.WriteString("type", "json_object");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, string prompt)
    {
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteString("content", prompt);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json)
    {
        json.WriteStartArray("tools");
        WriteTool(json, "find_parcel", "Where a parcel is.", "order");
        WriteTool(json, "restart_service", "Restarts a service in an environment.", "service");
        WriteTool(json, "service_health", "Whether a service answers.", "service");
        json.WriteEndArray();
    }

    private static void WriteTool(Utf8JsonWriter json, string name, string description, string argument)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", name);
        json.WriteString("description", description);
        json.WriteStartObject("parameters");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject(argument);
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
