using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes the messages of a conversation, system prompts aside. Roles take turns: neighbours of one role become one.</summary>
internal static class MessageWriter
{
    /// <summary>Whether nothing of them would be written, which the provider refuses.</summary>
    public static bool IsEmpty(ImmutableArray<ConversationMessage> messages) =>
        !messages.Any(message =>
            message.Role != ChatRole.System && message.Parts.Any(part => IsWritten(part, dropped: null))
        );

    /// <summary>Writes all messages into the open array.</summary>
    public static void Write(
        Utf8JsonWriter json,
        ImmutableArray<ConversationMessage> messages,
        ICollection<string>? dropped
    )
    {
        var turns = messages.RemoveAll(message => message.Role == ChatRole.System);
        bool? open = null;
        for (var i = 0; i < turns.Length; i++)
        {
            var isAssistant = turns[i].Role == ChatRole.Assistant;
            foreach (var part in turns[i].Parts)
            {
                var trimmed = isAssistant && i == turns.Length - 1 ? Trim(part, turns[i].Parts) : part;
                if (!IsWritten(trimmed, dropped))
                {
                    continue;
                }

                if (open != isAssistant)
                {
                    Close(json, open);
                    json.WriteStartObject();
                    json.WriteString("role"u8, isAssistant ? "assistant"u8 : "user"u8);
                    json.WriteStartArray("content"u8);
                    open = isAssistant;
                }

                BlockWriter.Write(json, trimmed);
            }
        }

        Close(json, open);
    }

    private static void Close(Utf8JsonWriter json, bool? open)
    {
        if (open is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    // An answer to be continued may not end in blanks.
    private static ConversationPart Trim(ConversationPart part, ImmutableArray<ConversationPart> parts) =>
        part is TextPart text && ReferenceEquals(part, parts[^1]) ? new TextPart(text.Text.TrimEnd()) : part;

    private static bool IsWritten(ConversationPart part, ICollection<string>? dropped)
    {
        switch (part)
        {
            case TextPart text:
                // Blocks without a visible character are refused.
                return !string.IsNullOrWhiteSpace(text.Text);
            case ThinkingPart { Signature: null or "" }:
                dropped?.Add("thinking");
                return false;
            default:
                return true;
        }
    }
}
