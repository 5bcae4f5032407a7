using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes the messages of a canonical conversation.</summary>
internal static class MessageWriter
{
    /// <summary>Writes all messages into the open array.</summary>
    public static void Write(Utf8JsonWriter json, ChatConversation conversation, ICollection<string>? dropped)
    {
        // A tool's message holds text only here. What results showed besides follows the last of them as a message of its own:
        // between a call and the result of its neighbour the provider takes nothing else.
        List<ConversationPart> shown = [];
        foreach (var message in conversation.Messages)
        {
            if (message.Role != ChatRole.Tool)
            {
                WriteShown(json, shown);
            }

            switch (message.Role)
            {
                case ChatRole.System:
                    Open(json, "system"u8);
                    json.WriteString("content"u8, Joined(message.Parts, "\n\n"));
                    json.WriteEndObject();
                    break;
                case ChatRole.Assistant:
                    WriteAssistant(json, message.Parts, dropped);
                    break;
                case ChatRole.Tool:
                    WriteResults(json, message.Parts, shown, dropped);
                    break;
                default:
                    Open(json, "user"u8);
                    WriteContent(json, message.Parts);
                    json.WriteEndObject();
                    break;
            }
        }

        WriteShown(json, shown);
    }

    private static void WriteAssistant(
        Utf8JsonWriter json,
        ImmutableArray<ConversationPart> parts,
        ICollection<string>? dropped
    )
    {
        if (parts.Any(part => part is ThinkingPart))
        {
            dropped?.Add("thinking");
        }

        var text = Joined(parts, "");
        Open(json, "assistant"u8);
        if (text.Length == 0 && parts.Any(part => part is ToolCallPart))
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, text);
        }

        ToolCallWriter.Write(json, parts);
        json.WriteEndObject();
    }

    private static void WriteResults(
        Utf8JsonWriter json,
        ImmutableArray<ConversationPart> parts,
        List<ConversationPart> shown,
        ICollection<string>? dropped
    )
    {
        foreach (var result in parts.OfType<ToolResultPart>())
        {
            if (result.IsError)
            {
                dropped?.Add("is_error");
            }

            Open(json, "tool"u8);
            json.WriteString("tool_call_id"u8, result.CallId);
            json.WriteString("content"u8, Joined(result.Content, "\n"));
            json.WriteEndObject();
            shown.AddRange(result.Content.Where(part => part is not TextPart));
        }
    }

    private static void WriteShown(Utf8JsonWriter json, List<ConversationPart> shown)
    {
        if (shown.Count > 0)
        {
            Open(json, "user"u8);
            WriteContent(json, [.. shown]);
            json.WriteEndObject();
            shown.Clear();
        }
    }

    private static void WriteContent(Utf8JsonWriter json, ImmutableArray<ConversationPart> parts)
    {
        if (parts is [TextPart only])
        {
            json.WriteString("content"u8, only.Text);
            return;
        }

        if (parts.IsEmpty)
        {
            // An empty text is taken, an empty array is not.
            json.WriteString("content"u8, ""u8);
            return;
        }

        json.WriteStartArray("content"u8);
        foreach (var part in parts)
        {
            WritePart(json, part);
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, ConversationPart part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case ImagePart image:
                json.WriteString("type"u8, "image_url"u8);
                json.WriteStartObject("image_url"u8);
                WriteImage(json, image);
                json.WriteEndObject();
                break;
            case DocumentPart { Base64: { } bytes } document:
                json.WriteString("type"u8, "file"u8);
                json.WriteStartObject("file"u8);
                json.WriteString("filename"u8, document.Title ?? "document.pdf");
                json.WritePropertyName("file_data"u8);
                TextUrl.Write(json, document.MediaType, bytes.Span);
                json.WriteEndObject();
                break;
            case DocumentPart document:
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, document.Title is { } title ? $"{title}\n\n{document.Text}" : document.Text);
                break;
            default:
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, (part as TextPart)?.Text ?? "");
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, ImagePart image)
    {
        json.WritePropertyName("url"u8);
        if (image.Url is { } url)
        {
            json.WriteStringValue(url);
        }
        else
        {
            TextUrl.Write(json, image.MediaType, image.Base64.GetValueOrDefault().Span);
        }
    }

    private static void Open(Utf8JsonWriter json, ReadOnlySpan<byte> role)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
    }

    private static string Joined(ImmutableArray<ConversationPart> parts, string between) =>
        string.Join(between, parts.OfType<TextPart>().Select(part => part.Text));
}
