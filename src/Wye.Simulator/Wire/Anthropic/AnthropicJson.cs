using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>The parts that whole messages and events of the Anthropic dialect share.</summary>
internal static class AnthropicJson
{
    public static void WriteHead(Utf8JsonWriter json, SimulatedCall call)
    {
        json.WriteString("id"u8, call.ResponseId);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, call.Model.Name);
    }

    /// <summary>Stop reason and sequence of an answer; null: it has not ended.</summary>
    public static void WriteStop(Utf8JsonWriter json, ReplyChoice? choice, bool ended)
    {
        if (!ended)
        {
            json.WriteNull("stop_reason"u8);
            json.WriteNull("stop_sequence"u8);
            return;
        }

        var finish = choice?.Finish ?? FinishReason.Stop;
        var met = finish == FinishReason.Stop ? choice?.StopText : null;
        json.WriteString(
            "stop_reason"u8,
            finish switch
            {
                FinishReason.Length => "max_tokens"u8,
                FinishReason.ToolCalls => "tool_use"u8,
                FinishReason.ContentFilter => "refusal"u8,
                _ => met is null ? "end_turn"u8 : "stop_sequence"u8,
            }
        );
        json.WriteString("stop_sequence"u8, met);
    }

    public static void WriteUsage(Utf8JsonWriter json, WireUsage? usage)
    {
        if (usage is not { } counts)
        {
            return;
        }

        json.WriteStartObject("usage"u8);
        WriteCounts(json, counts);
        // Every write is billed as the five-minute kind, whatever lifetime was asked for.
        json.WriteStartObject("cache_creation"u8);
        json.WriteNumber("ephemeral_5m_input_tokens"u8, counts.CacheWrite);
        json.WriteNumber("ephemeral_1h_input_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteString("service_tier"u8, "standard"u8);
        json.WriteEndObject();
    }

    /// <summary>The usage of <c>message_delta</c>.</summary>
    public static void WriteDeltaUsage(Utf8JsonWriter json, WireUsage? usage)
    {
        if (usage is not { } counts)
        {
            return;
        }

        json.WriteStartObject("usage"u8);
        WriteCounts(json, counts);
        json.WriteEndObject();
    }

    public static void WriteContent(Utf8JsonWriter json, ReplyChoice choice)
    {
        if (choice.Thinking.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, choice.Thinking);
            json.WriteString("signature"u8, ThinkingSignature.Of(choice.Thinking));
            json.WriteEndObject();
        }

        if (choice.Text is not null || choice.Bytes + choice.ToolCalls.Length == 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, choice.Text ?? []);
            json.WriteEndObject();
        }

        foreach (var tool in choice.ToolCalls)
        {
            json.WriteStartObject();
            WriteTool(json, tool);
            // As it is: a scripted answer may break it on purpose.
            json.WritePropertyName("input"u8);
            json.WriteRawValue(tool.Arguments.Length == 0 ? "{}"u8 : tool.Arguments, skipInputValidation: true);
            json.WriteEndObject();
        }
    }

    public static void WriteTool(Utf8JsonWriter json, ReplyToolCall tool)
    {
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, tool.Id);
        json.WriteString("name"u8, tool.Name);
        // Called by the model itself, not by code that runs at Anthropic.
        json.WriteStartObject("caller"u8);
        json.WriteString("type"u8, "direct"u8);
        json.WriteEndObject();
    }

    /// <summary>Input tokens exclude what was read from or written to the cache.</summary>
    private static void WriteCounts(Utf8JsonWriter json, in WireUsage usage)
    {
        json.WriteNumber("input_tokens"u8, usage.Prompt - usage.CacheRead - usage.CacheWrite);
        json.WriteNumber("cache_creation_input_tokens"u8, usage.CacheWrite);
        json.WriteNumber("cache_read_input_tokens"u8, usage.CacheRead);
        json.WriteNumber("output_tokens"u8, usage.Output);
    }
}
