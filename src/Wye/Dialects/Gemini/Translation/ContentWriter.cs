using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Writes the messages of a canonical conversation: neighbours of one role become one content.</summary>
internal sealed class ContentWriter(Utf8JsonWriter json, ChatCall call)
{
    // Documented for history that the model did not write itself: it skips the check of the proof.
    private const string Unproven = "skip_thought_signature_validator";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private string? _open;

    /// <summary>Whether nothing of them would be written, which the provider refuses.</summary>
    public static bool IsEmpty(ImmutableArray<ConversationMessage> messages) =>
        !messages.Any(message =>
            message.Role != ChatRole.System
            && message.Parts.Any(part => part is not (TextPart { Text.Length: 0 } or ThinkingPart))
        );

    /// <summary>Writes all but the system prompts into the open array.</summary>
    public void Write(ImmutableArray<ConversationMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System)
            {
                WriteParts(message.Role == ChatRole.Assistant ? "model" : "user", message.Parts);
            }
        }

        Close();
    }

    private void WriteParts(string role, ImmutableArray<ConversationPart> parts)
    {
        var proven = false;
        foreach (var part in parts)
        {
            switch (part)
            {
                case TextPart { Text.Length: 0 }:
                    break;
                case ThinkingPart:
                    call.Dropped?.Add("thinking");
                    break;
                case ToolResultPart result:
                    Enter(role);
                    WriteResult(result);
                    break;
                default:
                    Enter(role);
                    json.WriteStartObject();
                    WritePart(part, ref proven);
                    json.WriteEndObject();
                    break;
            }
        }
    }

    private void WritePart(ConversationPart part, ref bool proven)
    {
        switch (part)
        {
            case ImagePart image:
                WriteData(image.MediaType, image.Base64.GetValueOrDefault().Span);
                break;
            case DocumentPart { Base64: { } bytes } document:
                if (document.Title is not null)
                {
                    call.Dropped?.Add(call.Request.Dialect == DialectId.Anthropic ? "title" : "filename");
                }

                WriteData(document.MediaType, bytes.Span);
                break;
            case DocumentPart document:
                json.WriteString("text"u8, document.Title is { } title ? $"{title}\n\n{document.Text}" : document.Text);
                break;
            case ToolCallPart tool:
                WriteCall(tool);
                if (call.Target.SignedToolCalls && !proven)
                {
                    json.WriteString("thoughtSignature"u8, Unproven);
                }

                proven = true;
                break;
            default:
                json.WriteString("text"u8, (part as TextPart)?.Text ?? "");
                break;
        }
    }

    private void WriteCall(ToolCallPart tool)
    {
        _names[tool.Id] = tool.Name;
        json.WriteStartObject("functionCall"u8);
        json.WriteString("id"u8, tool.Id);
        json.WriteString("name"u8, tool.Name);
        if (string.IsNullOrWhiteSpace(tool.Arguments))
        {
            json.WriteStartObject("args"u8);
            json.WriteEndObject();
        }
        else if (Json.IsObject(tool.Arguments))
        {
            json.WritePropertyName("args"u8);
            json.WriteRawValue(tool.Arguments, skipInputValidation: true);
        }
        else
        {
            // A model wrote what is no JSON object: it is shown as it is, not hidden behind an empty one.
            json.WriteStartObject("args"u8);
            json.WriteString("invalid_arguments"u8, tool.Arguments);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionResponse"u8);
        json.WriteString("id"u8, result.CallId);
        json.WriteString("name"u8, _names.GetValueOrDefault(result.CallId, "unknown"));
        json.WriteStartObject("response"u8);
        json.WriteString(
            result.IsError ? "error"u8 : "output"u8,
            string.Join('\n', result.Content.OfType<TextPart>().Select(part => part.Text))
        );
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var shown in result.Content.Where(part => part is not TextPart))
        {
            var proven = false;
            json.WriteStartObject();
            WritePart(shown, ref proven);
            json.WriteEndObject();
        }
    }

    private void WriteData(string? mediaType, ReadOnlySpan<byte> base64)
    {
        json.WriteStartObject("inlineData"u8);
        json.WriteString("mimeType"u8, mediaType);
        json.WriteString("data"u8, base64);
        json.WriteEndObject();
    }

    private void Enter(string role)
    {
        if (_open == role)
        {
            return;
        }

        Close();
        _open = role;
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteStartArray("parts"u8);
    }

    private void Close()
    {
        if (_open is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        _open = null;
    }
}
