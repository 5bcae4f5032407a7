using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes the tools of a conversation and what is demanded of them.</summary>
internal static class ToolWriter
{
    /// <summary>Writes <c>tools</c> and <c>tool_choice</c>; nothing without tools.</summary>
    public static void Write(Utf8JsonWriter json, ChatConversation conversation, ICollection<string>? dropped)
    {
        if (conversation.Tools.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("tools"u8);
        foreach (var tool in conversation.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            if (tool.Description is { } description)
            {
                json.WriteString("description"u8, description);
            }

            json.WritePropertyName("input_schema"u8);
            WriteSchema(json, tool.Schema);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (conversation.Tools.Any(tool => tool.Strict is true))
        {
            // The vendors bound strict schemas differently, and what one takes the other refuses.
            dropped?.Add("strict");
        }

        WriteDemand(json, conversation);
    }

    private static void WriteDemand(Utf8JsonWriter json, ChatConversation conversation)
    {
        var demand = conversation.ToolDemand;
        var single = conversation.ParallelTools is false;
        if (demand is null && !single)
        {
            return;
        }

        json.WriteStartObject("tool_choice"u8);
        json.WriteString(
            "type"u8,
            demand?.Kind switch
            {
                ToolDemandKind.None => "none"u8,
                ToolDemandKind.Required => "any"u8,
                ToolDemandKind.Named => "tool"u8,
                _ => "auto"u8,
            }
        );
        if (demand is { Kind: ToolDemandKind.Named, Name: { } name })
        {
            json.WriteString("name"u8, name);
        }

        if (single && demand?.Kind is not ToolDemandKind.None)
        {
            json.WriteBoolean("disable_parallel_tool_use"u8, true);
        }

        json.WriteEndObject();
    }

    // A schema is demanded, and its top must say that it is an object.
    private static void WriteSchema(Utf8JsonWriter json, string? schema)
    {
        using var document = Json.Parse(schema ?? "{}");
        var top = document.RootElement;
        var typed = top.Member("type"u8).Asks();
        json.WriteStartObject();
        if (!typed)
        {
            json.WriteString("type"u8, "object"u8);
        }

        // A null is no schema: some serialisers write what is not set.
        foreach (var member in top.Members().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            json.WritePropertyName(member.Name);
            json.WriteRaw(member.Value);
        }

        if (!typed && !top.Member("properties"u8).IsObject())
        {
            json.WriteStartObject("properties"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
