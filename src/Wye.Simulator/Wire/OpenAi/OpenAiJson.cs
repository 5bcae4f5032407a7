using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>The parts that whole answers and chunks of the OpenAI dialect share.</summary>
internal static class OpenAiJson
{
    public const string Fingerprint = "fp_simulated";

    public static ReadOnlySpan<byte> Word(FinishReason reason) =>
        reason switch
        {
            FinishReason.Length => "length"u8,
            FinishReason.ToolCalls => "tool_calls"u8,
            FinishReason.ContentFilter => "content_filter"u8,
            _ => "stop"u8,
        };

    public static void WriteNullable(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool some)
    {
        if (some)
        {
            json.WriteString(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteToolCalls(Utf8JsonWriter json, ReplyToolCall[] calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteToolDelta(
        Utf8JsonWriter json,
        ReplyToolCall call,
        in StreamPiece piece,
        ReadOnlySpan<byte> arguments
    )
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, piece.Tool);
        if (piece.Kind == PieceKind.ToolStart)
        {
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
        }

        json.WriteStartObject("function"u8);
        if (piece.Kind == PieceKind.ToolStart)
        {
            json.WriteString("name"u8, call.Name);
        }

        json.WriteString("arguments"u8, piece.Kind == PieceKind.ToolStart ? [] : arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteLogProbs(Utf8JsonWriter json, IReadOnlyList<SimulatedLogProb>? tokens)
    {
        if (tokens is null)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("content"u8);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("token"u8, token.Token);
            json.WriteNumber("logprob"u8, token.LogProb);
            json.WriteNull("bytes"u8);
            json.WriteStartArray("top_logprobs"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal"u8);
        json.WriteEndObject();
    }

    public static void WriteUsageObject(Utf8JsonWriter json, in WireUsage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.Prompt);
        json.WriteNumber("completion_tokens"u8, usage.Output);
        json.WriteNumber("total_tokens"u8, usage.Prompt + usage.Output);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CacheRead);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
