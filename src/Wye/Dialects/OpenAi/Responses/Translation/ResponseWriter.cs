using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Writes response objects: what the request set, repeated, and what the answer brought.</summary>
internal sealed class ResponseWriter(ChatRequest request, ResponseFace face, long created)
{
    /// <summary>Writes a whole response.</summary>
    public void Write(ResponseDraft draft, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        Write(json, draft, StatusOf(draft.Finish));
    }

    /// <summary>Writes a response with the items that are done.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="draft">What is known of it.</param>
    /// <param name="status">E.g. <c>in_progress</c>.</param>
    public void Write(Utf8JsonWriter json, ResponseDraft draft, string status)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, face.Id ?? "resp_" + draft.Stem);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, created);
        json.WriteString("status"u8, status);
        json.WriteBoolean("background"u8, false);
        json.WriteNull("error"u8);
        WriteIncomplete(json, draft.Finish);
        Repeat(json, "instructions"u8, ResponseKey.Instructions, "null"u8);
        Repeat(json, "max_output_tokens"u8, ResponseKey.MaxOutputTokens, "null"u8);
        json.WriteString("model"u8, draft.Model);
        json.WriteStartArray("output"u8);
        foreach (var item in draft.Items)
        {
            if (item.Done)
            {
                ItemWriter.Write(json, item, draft.StatusOf(item));
            }
        }

        json.WriteEndArray();
        Repeat(json, "parallel_tool_calls"u8, ResponseKey.ParallelToolCalls, "true"u8);
        json.WriteString("previous_response_id"u8, face.Previous);
        Repeat(json, "reasoning"u8, ResponseKey.Reasoning, "{\"effort\":null,\"summary\":null}"u8);
        json.WriteBoolean("store"u8, face.Keep is not null);
        Repeat(json, "temperature"u8, ResponseKey.Temperature, "1.0"u8);
        Repeat(json, "text"u8, ResponseKey.Text, "{\"format\":{\"type\":\"text\"}}"u8);
        Repeat(json, "tool_choice"u8, ResponseKey.ToolChoice, "\"auto\""u8);
        Repeat(json, "tools"u8, ResponseKey.Tools, "[]"u8);
        Repeat(json, "top_p"u8, ResponseKey.TopP, "1.0"u8);
        Repeat(json, "truncation"u8, ResponseKey.Truncation, "\"disabled\""u8);
        WriteUsage(json, draft);
        Repeat(json, "user"u8, ResponseKey.User, "null"u8);
        Repeat(json, "metadata"u8, ResponseKey.Metadata, "{}"u8);
        json.WriteEndObject();
    }

    /// <summary>The status of a response whose answer has ended.</summary>
    public static string StatusOf(FinishReason finish) =>
        finish is FinishReason.Length or FinishReason.ContentFilter ? "incomplete" : "completed";

    private static void WriteIncomplete(Utf8JsonWriter json, FinishReason finish)
    {
        if (finish is not (FinishReason.Length or FinishReason.ContentFilter))
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }

        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, finish == FinishReason.Length ? "max_output_tokens"u8 : "content_filter"u8);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, ResponseDraft draft)
    {
        if (draft.Usage is not { } usage)
        {
            json.WriteNull("usage"u8);
            return;
        }

        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, usage.PromptTokens);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CacheReadTokens);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, usage.OutputTokens);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, usage.PromptTokens + usage.OutputTokens);
        json.WriteEndObject();
    }

    private void Repeat(Utf8JsonWriter json, ReadOnlySpan<byte> name, ResponseKey key, ReadOnlySpan<byte> otherwise)
    {
        var said = ResponseKeys.Raw(request, key);
        json.WritePropertyName(name);
        json.WriteRawValue(
            said.IsEmpty || said.SequenceEqual("null"u8) ? otherwise : OnOneLine(said),
            skipInputValidation: true
        );
    }

    // A line of an event ends where its JSON breaks the line; within texts it cannot.
    private static ReadOnlySpan<byte> OnOneLine(ReadOnlySpan<byte> said)
    {
        if (said.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            return said;
        }

        var line = said.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
