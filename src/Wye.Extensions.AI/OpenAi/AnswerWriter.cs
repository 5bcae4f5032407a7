using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Writes what an <see cref="IChatClient"/> answered in the OpenAI form, whole or chunk by chunk.</summary>
/// <param name="id">Id of the answer when the client gives none.</param>
/// <param name="model">Model's name when the client gives none.</param>
/// <param name="created">Time of the answer when the client gives none.</param>
internal sealed class AnswerWriter(string id, string model, DateTimeOffset created)
{
    private int _calls;

    /// <summary>Whether a call was written.</summary>
    public bool HasCalls => _calls > 0;

    /// <summary>A whole answer.</summary>
    public ArrayBufferWriter<byte> Whole(ChatResponse response)
    {
        var contents = AnswerContents.Of(response.Messages);
        var body = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body);
        Head(json, "chat.completion"u8, response.ResponseId, response.ModelId, response.CreatedAt);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, contents.Calls.Count > 0 && contents.Text.Length == 0 ? null : contents.Text);
        Optional(json, "reasoning_content", contents.Reasoning);
        Optional(json, "refusal", contents.Refusal);
        if (contents.Calls.Count > 0)
        {
            MessageWriter.WriteCalls(json, contents.Calls);
        }

        json.WriteEndObject();
        json.WriteString("finish_reason"u8, (response.FinishReason ?? Implied(contents.Calls.Count > 0)).Value);
        json.WriteEndObject();
        json.WriteEndArray();
        if (response.Usage is { } usage)
        {
            Write(json, usage);
        }

        json.WriteEndObject();
        json.Flush();
        return body;
    }

    /// <summary>One chunk; null = the update says nothing that a chunk can carry.</summary>
    public ArrayBufferWriter<byte>? Chunk(ChatResponseUpdate update)
    {
        var contents = AnswerContents.Of(update);
        return contents.IsEmpty && update.FinishReason is null
            ? null
            : Chunk(contents, update.FinishReason, update.ResponseId, update.ModelId);
    }

    /// <summary>The closing chunk for a client that gave no reason.</summary>
    public ArrayBufferWriter<byte> FinishChunk() =>
        Chunk(AnswerContents.Nothing, Implied(HasCalls), answerId: null, answerModel: null);

    /// <summary>The chunk that carries usage alone.</summary>
    public ArrayBufferWriter<byte> UsageChunk(UsageDetails usage)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(body);
        Head(json, "chat.completion.chunk"u8, answerId: null, answerModel: null, at: null);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        Write(json, usage);
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private ArrayBufferWriter<byte> Chunk(
        AnswerContents contents,
        ChatFinishReason? finish,
        string? answerId,
        string? answerModel
    )
    {
        var body = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(body);
        Head(json, "chat.completion.chunk"u8, answerId, answerModel, at: null);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        Optional(json, "content", contents.Text);
        Optional(json, "reasoning_content", contents.Reasoning);
        Optional(json, "refusal", contents.Refusal);
        if (contents.Calls.Count > 0)
        {
            WriteCalls(json, contents.Calls);
        }

        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finish?.Value);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private void WriteCalls(Utf8JsonWriter json, IReadOnlyList<FunctionCallContent> calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, _calls++);
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, ContentJson.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Head(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> kind,
        string? answerId,
        string? answerModel,
        DateTimeOffset? at
    )
    {
        json.WriteStartObject();
        json.WriteString("id"u8, answerId ?? id);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, (at ?? created).ToUnixTimeSeconds());
        json.WriteString("model"u8, answerModel ?? model);
    }

    private static ChatFinishReason Implied(bool calls) => calls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;

    private static void Optional(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter json, UsageDetails usage)
    {
        var (input, output) = (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, input);
        json.WriteNumber("completion_tokens"u8, output);
        json.WriteNumber("total_tokens"u8, usage.TotalTokenCount ?? (input + output));
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CachedInputTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
