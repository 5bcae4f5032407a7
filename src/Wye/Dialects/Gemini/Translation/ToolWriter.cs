using System.Text.Json;
using Wye.Chat.Conversations;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Writes tools and what is demanded of them.</summary>
internal static class ToolWriter
{
    /// <summary>Writes the members <c>tools</c> and <c>toolConfig</c>; nothing when no tool is offered.</summary>
    public static void Write(Utf8JsonWriter json, ChatConversation conversation, ICollection<string>? dropped)
    {
        if (conversation.Tools.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("tools"u8);
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations"u8);
        foreach (var tool in conversation.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("description"u8, tool.Description ?? "");
            if (tool.Schema is { } schema)
            {
                json.WritePropertyName("parametersJsonSchema"u8);
                json.WriteRawValue(schema, skipInputValidation: true);
            }

            json.WriteEndObject();
            if (tool.Strict is true)
            {
                dropped?.Add("strict");
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        if (conversation.ParallelTools is false)
        {
            dropped?.Add("parallel_tool_calls");
        }

        WriteDemand(json, conversation.ToolDemand);
    }

    private static void WriteDemand(Utf8JsonWriter json, ToolDemand? demand)
    {
        if (demand is null)
        {
            return;
        }

        json.WriteStartObject("toolConfig"u8);
        json.WriteStartObject("functionCallingConfig"u8);
        json.WriteString(
            "mode"u8,
            demand.Kind switch
            {
                ToolDemandKind.Auto => "AUTO"u8,
                ToolDemandKind.None => "NONE"u8,
                _ => "ANY"u8,
            }
        );
        if (demand is { Kind: ToolDemandKind.Named, Name: { } name })
        {
            json.WriteStartArray("allowedFunctionNames"u8);
            json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
