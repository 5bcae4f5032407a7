using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Dialects.Anthropic.Requests;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Errors;
using Wye.Dialects.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic;

/// <summary>Anthropic messages.</summary>
internal sealed class AnthropicDialect : IDialect
{
    /// <inheritdoc/>
    public DialectId Id => DialectId.Anthropic;

    /// <inheritdoc/>
    public bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    ) => RequestReader.TryRead<RequestScan>(body, hints, out request, out error);

    /// <inheritdoc/>
    public bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        error = null;
        return request.Dialect == Id
            || ConversationCheck.CanWrite(request, MediaTypes.Unfit, MessageWriter.IsEmpty, out error);
    }

    /// <inheritdoc/>
    public void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output)
    {
        if (call.Request.Dialect == Id)
        {
            RequestWriter.Write(call, upstreamModel, output);
            return;
        }

        ConversationWriter.Write(call, DialectMismatch.ConversationOf(call, Id), upstreamModel, output);
    }

    /// <inheritdoc/>
    public bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => ReplyReader.TryRead(owner, length, out reply, out error);

    /// <inheritdoc/>
    public WireError ReadError(ReadOnlySpan<byte> body) => ErrorReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new FrameReader();

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, IBufferWriter<byte> output) => Write(reply, null, output);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, ChatRequest request, IBufferWriter<byte> output) =>
        Write(reply, request, output);

    /// <inheritdoc/>
    public IFrameWriter CreateFrameWriter(ChatRequest request) => new FrameWriter(request);

    /// <inheritdoc/>
    public int StatusOf(ChatError error) => ErrorFace.Of(error).Status;

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output) => ErrorWriter.Write(error, output);

    /// <summary>Writes the answer to <c>POST /v1/messages/count_tokens</c>.</summary>
    public void WriteTokenCount(long tokens, IBufferWriter<byte> output)
    {
        using var json = new System.Text.Json.Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, tokens);
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to <c>GET /v1/models</c>.</summary>
    /// <param name="models">One page of them.</param>
    /// <param name="more">Whether another page follows.</param>
    /// <param name="output">Where it goes.</param>
    public void WriteModels(IReadOnlyList<ListedModel> models, bool more, IBufferWriter<byte> output)
    {
        using var json = new System.Text.Json.Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            WriteModel(json, model);
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, more);
        json.WriteString("first_id"u8, models.Count == 0 ? null : models[0].Id);
        json.WriteString("last_id"u8, models.Count == 0 ? null : models[^1].Id);
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to <c>GET /v1/models/{id}</c>.</summary>
    public void WriteModel(in ListedModel model, IBufferWriter<byte> output)
    {
        using var json = new System.Text.Json.Utf8JsonWriter(output);
        WriteModel(json, model);
    }

    private static void WriteModel(System.Text.Json.Utf8JsonWriter json, in ListedModel model)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "model"u8);
        json.WriteString("id"u8, model.Id);
        json.WriteString("display_name"u8, model.Id);
        json.WriteString("created_at"u8, DateTimeOffset.FromUnixTimeSeconds(model.Created).UtcDateTime);
        json.WriteEndObject();
    }

    private void Write(ChatReply reply, ChatRequest? request, IBufferWriter<byte> output)
    {
        if (reply.Dialect == Id)
        {
            output.Write(reply.Body.Span);
            return;
        }

        var showReasoning = request is not null && Reasoning.IsShown(request);
        AnswerWriter.Write(
            DialectMismatch.AnswerOf(reply, Id, AnswerFace.Of(AnswerWriter.IdPrefix, request)),
            showReasoning,
            output
        );
    }
}
