using System.Text.Json;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Writes output items.</summary>
internal static class ItemWriter
{
    /// <summary>Writes one item with what is known of it.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="item">The item.</param>
    /// <param name="status"><c>in_progress</c>: its content is left out; <c>completed</c>, <c>incomplete</c>.</param>
    public static void Write(Utf8JsonWriter json, ResponseItem item, string status)
    {
        var whole = status is not "in_progress";
        json.WriteStartObject();
        json.WriteString("id"u8, item.Id);
        switch (item.Kind)
        {
            case ResponseItemKind.Message or ResponseItemKind.Refusal:
                json.WriteString("type"u8, "message"u8);
                json.WriteString("status"u8, status);
                json.WriteString("role"u8, "assistant"u8);
                json.WriteStartArray("content"u8);
                if (whole)
                {
                    WritePart(json, item.Kind, item.Text.ToString());
                }

                json.WriteEndArray();
                break;
            case ResponseItemKind.Call:
                json.WriteString("type"u8, "function_call"u8);
                json.WriteString("status"u8, status);
                json.WriteString("call_id"u8, item.Call);
                json.WriteString("name"u8, item.Name);
                json.WriteString("arguments"u8, whole ? ArgumentsOf(item) : "");
                break;
            default:
                json.WriteString("type"u8, "reasoning"u8);
                json.WriteStartArray("summary"u8);
                if (whole)
                {
                    WritePart(json, item.Kind, item.Text.ToString());
                }

                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Arguments of a call: a JSON object, if need be an empty one.</summary>
    public static string ArgumentsOf(ResponseItem item) => item.Text.Length == 0 ? "{}" : item.Text.ToString();

    /// <summary>Writes the one part of an item with text.</summary>
    public static void WritePart(Utf8JsonWriter json, ResponseItemKind kind, string text)
    {
        json.WriteStartObject();
        switch (kind)
        {
            case ResponseItemKind.Refusal:
                json.WriteString("type"u8, "refusal"u8);
                json.WriteString("refusal"u8, text);
                break;
            case ResponseItemKind.Reasoning:
                json.WriteString("type"u8, "summary_text"u8);
                json.WriteString("text"u8, text);
                break;
            default:
                json.WriteString("type"u8, "output_text"u8);
                json.WriteStartArray("annotations"u8);
                json.WriteEndArray();
                json.WriteStartArray("logprobs"u8);
                json.WriteEndArray();
                json.WriteString("text"u8, text);
                break;
        }

        json.WriteEndObject();
    }
}
