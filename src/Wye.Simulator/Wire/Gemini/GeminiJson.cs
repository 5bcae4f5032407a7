using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Gemini;

/// <summary>Pieces of answers as Gemini writes them.</summary>
internal static class GeminiJson
{
    public static void OpenCandidate(Utf8JsonWriter json)
    {
        json.WriteStartArray("candidates"u8);
        json.WriteStartObject();
        json.WriteStartObject("content"u8);
        json.WriteString("role"u8, "model"u8);
        json.WriteStartArray("parts"u8);
    }

    /// <param name="json">Where to.</param>
    /// <param name="finish">Empty: it goes on.</param>
    public static void CloseCandidate(Utf8JsonWriter json, ReadOnlySpan<byte> finish)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        if (!finish.IsEmpty)
        {
            json.WriteString("finishReason"u8, finish);
        }

        json.WriteNumber("index"u8, 0);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteParts(Utf8JsonWriter json, ReplyChoice choice)
    {
        if (choice.Thinking.Length > 0)
        {
            WriteText(json, choice.Thinking, thought: true);
        }

        if (choice.Text is { } text)
        {
            WriteText(json, text, thought: false);
        }

        foreach (var call in choice.ToolCalls)
        {
            WriteCall(json, call);
        }
    }

    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> text, bool thought)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        if (thought)
        {
            json.WriteBoolean("thought"u8, true);
        }

        json.WriteEndObject();
    }

    public static void WriteCall(Utf8JsonWriter json, ReplyToolCall call)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionCall"u8);
        json.WriteString("id"u8, call.Id);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("args"u8);
        json.WriteRawValue(call.Arguments.Length == 0 ? "{}"u8 : call.Arguments, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Usage, model and id.</summary>
    public static void WriteTail(Utf8JsonWriter json, SimulatedCall call, WireUsage? usage)
    {
        if (usage is { } counts)
        {
            json.WriteStartObject("usageMetadata"u8);
            json.WriteNumber("promptTokenCount"u8, counts.Prompt);
            json.WriteNumber("candidatesTokenCount"u8, counts.Output - counts.Reasoning);
            json.WriteNumber("totalTokenCount"u8, counts.Prompt + counts.Output);
            if (counts.CacheRead != 0)
            {
                json.WriteNumber("cachedContentTokenCount"u8, counts.CacheRead);
            }

            if (counts.Reasoning != 0)
            {
                json.WriteNumber("thoughtsTokenCount"u8, counts.Reasoning);
            }

            json.WriteEndObject();
        }

        json.WriteString("modelVersion"u8, call.Model.Name);
        json.WriteString("responseId"u8, call.ResponseId);
    }

    public static ReadOnlySpan<byte> Word(FinishReason finish) =>
        finish switch
        {
            FinishReason.Length => "MAX_TOKENS"u8,
            FinishReason.ContentFilter => "SAFETY"u8,
            // There is no word of its own for calls here.
            _ => "STOP"u8,
        };
}
