using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat.Conversations.Parts;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes the calls of tools in a message.</summary>
internal static class ToolCallWriter
{
    /// <summary>Writes the member <c>tool_calls</c>; nothing when there are none.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<ConversationPart> parts)
    {
        if (!parts.Any(part => part is ToolCallPart))
        {
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var call in parts.OfType<ToolCallPart>())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.Arguments.Length == 0 ? "{}" : call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
