using System.Text.Json;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes content blocks.</summary>
internal static class BlockWriter
{
    /// <summary>Writes who called the tool: the member that answers carry and requests do without.</summary>
    public static void WriteCaller(Utf8JsonWriter json)
    {
        json.WriteStartObject("caller"u8);
        json.WriteString("type"u8, "direct"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes one block.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="part">What it says.</param>
    /// <param name="inAnswer">Whether it stands in an answer; else in a request.</param>
    public static void Write(Utf8JsonWriter json, ConversationPart part, bool inAnswer = false)
    {
        json.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, text.Text);
                break;
            case ImagePart image:
                json.WriteString("type"u8, "image"u8);
                WriteSource(json, image.Url, image.MediaType, image.Base64);
                break;
            case DocumentPart document:
                WriteDocument(json, document);
                break;
            case ThinkingPart thinking:
                json.WriteString("type"u8, "thinking"u8);
                json.WriteString("thinking"u8, thinking.Text);
                json.WriteString("signature"u8, thinking.Signature ?? "");
                break;
            case ToolCallPart call:
                WriteCall(json, call);
                if (inAnswer)
                {
                    WriteCaller(json);
                }

                break;
            case ToolResultPart result:
                WriteResult(json, result);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, ToolCallPart call)
    {
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, ToolIds.Of(call.Id));
        json.WriteString("name"u8, call.Name);
        if (string.IsNullOrWhiteSpace(call.Arguments))
        {
            json.WriteStartObject("input"u8);
            json.WriteEndObject();
        }
        else if (Json.IsObject(call.Arguments))
        {
            json.WritePropertyName("input"u8);
            json.WriteRawValue(call.Arguments, skipInputValidation: true);
        }
        else
        {
            // A model wrote what is no JSON object: it is shown as it is, not hidden behind an empty one.
            json.WriteStartObject("input"u8);
            json.WriteString("invalid_arguments"u8, call.Arguments);
            json.WriteEndObject();
        }
    }

    private static void WriteResult(Utf8JsonWriter json, ToolResultPart result)
    {
        json.WriteString("type"u8, "tool_result"u8);
        json.WriteString("tool_use_id"u8, ToolIds.Of(result.CallId));
        json.WriteStartArray("content"u8);
        foreach (var part in result.Content)
        {
            // As everywhere: a command that prints nothing but a line break would make the request refused.
            if (part is not TextPart text || !string.IsNullOrWhiteSpace(text.Text))
            {
                Write(json, part);
            }
        }

        json.WriteEndArray();
        if (result.IsError)
        {
            json.WriteBoolean("is_error"u8, true);
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, DocumentPart document)
    {
        json.WriteString("type"u8, "document"u8);
        var decoded = document.Base64 is { } bytes ? MediaTypes.TextOf(document.MediaType, bytes.Span) : null;
        if ((document.Text ?? decoded) is { } text)
        {
            json.WriteStartObject("source"u8);
            json.WriteString("type"u8, "text"u8);
            json.WriteString("media_type"u8, MediaTypes.Text);
            json.WriteString("data"u8, text);
            json.WriteEndObject();
        }
        else
        {
            WriteSource(json, document.Url, document.MediaType, document.Base64);
        }

        if (document.Title is { } title)
        {
            json.WriteString("title"u8, title);
        }
    }

    private static void WriteSource(Utf8JsonWriter json, string? url, string? mediaType, ReadOnlyMemory<byte>? base64)
    {
        json.WriteStartObject("source"u8);
        if (url is not null)
        {
            json.WriteString("type"u8, "url"u8);
            json.WriteString("url"u8, url);
        }
        else
        {
            json.WriteString("type"u8, "base64"u8);
            json.WriteString("media_type"u8, mediaType);
            json.WriteString("data"u8, base64.GetValueOrDefault().Span);
        }

        json.WriteEndObject();
    }
}
