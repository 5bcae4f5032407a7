using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Writes chat messages in the OpenAI form.</summary>
internal static class MessageWriter
{
    /// <summary>Writes one message; results of functions become messages of their own.</summary>
    /// <exception cref="NotSupportedException">A content has no form in a chat request.</exception>
    public static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        var rest = 0;
        foreach (var content in message.Contents)
        {
            if (content is FunctionResultContent result)
            {
                json.WriteStartObject();
                json.WriteString("role"u8, "tool"u8);
                json.WriteString("tool_call_id"u8, result.CallId);
                json.WriteString("content"u8, ContentJson.Result(result));
                json.WriteEndObject();
            }
            else
            {
                rest++;
            }
        }

        if (rest > 0 || message.Contents.Count == 0)
        {
            WriteRest(json, message);
        }
    }

    /// <summary>Writes the calls of an assistant's message.</summary>
    public static void WriteCalls(Utf8JsonWriter json, IEnumerable<FunctionCallContent> calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, ContentJson.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRest(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role.Value);
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var parts = message.Contents.Where(IsPart).ToList();
        if (parts.TrueForAll(part => part is TextContent))
        {
            WriteText(json, string.Concat(parts.Select(part => ((TextContent)part).Text)), calls.Count > 0);
        }
        else
        {
            json.WriteStartArray("content"u8);
            foreach (var part in parts)
            {
                Write(json, part);
            }

            json.WriteEndArray();
        }

        if (calls.Count > 0)
        {
            WriteCalls(json, calls);
        }

        json.WriteEndObject();
    }

    // Reasoning of earlier turns and counts of tokens are not sent back.
    private static bool IsPart(AIContent content) =>
        content is not (FunctionCallContent or FunctionResultContent or TextReasoningContent or UsageContent);

    private static void WriteText(Utf8JsonWriter json, string text, bool mayBeNull)
    {
        if (text.Length == 0 && mayBeNull)
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, text);
        }
    }

    private static void Write(Utf8JsonWriter json, AIContent part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case TextContent text:
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, text.Text);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                WriteImage(json, uri.Uri.AbsoluteUri);
                break;
            case DataContent image when image.HasTopLevelMediaType("image"):
                WriteImage(json, image.Uri);
                break;
            case DataContent audio when audio.HasTopLevelMediaType("audio"):
                WriteAudio(json, audio);
                break;
            case DataContent file:
                WriteFile(json, file);
                break;
            case HostedFileContent hosted:
                json.WriteString("type"u8, "file"u8);
                json.WriteStartObject("file"u8);
                json.WriteString("file_id"u8, hosted.FileId);
                json.WriteEndObject();
                break;
            default:
                throw new NotSupportedException(
                    $"A chat request cannot carry {part.GetType().Name}. Send text, images, audio, files or function calls."
                );
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string uri)
    {
        json.WriteString("type"u8, "image_url"u8);
        json.WriteStartObject("image_url"u8);
        json.WriteString("url"u8, uri);
        json.WriteEndObject();
    }

    private static void WriteAudio(Utf8JsonWriter json, DataContent audio)
    {
        json.WriteString("type"u8, "input_audio"u8);
        json.WriteStartObject("input_audio"u8);
        json.WriteString("data"u8, audio.Base64Data.Span);
        json.WriteString(
            "format"u8,
            audio.MediaType.Contains("wav", StringComparison.OrdinalIgnoreCase) ? "wav" : "mp3"
        );
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, DataContent file)
    {
        json.WriteString("type"u8, "file"u8);
        json.WriteStartObject("file"u8);
        json.WriteString("filename"u8, file.Name ?? "file");
        json.WriteString("file_data"u8, file.Uri);
        json.WriteEndObject();
    }
}
