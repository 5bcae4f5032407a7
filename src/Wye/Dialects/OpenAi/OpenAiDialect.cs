using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Requests;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi;

/// <summary>OpenAI chat completions, and every server that speaks it.</summary>
/// <param name="time">Dates answers that come from another dialect; null = the system's clock.</param>
internal sealed class OpenAiDialect(TimeProvider? time = null) : IDialect
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public DialectId Id => DialectId.OpenAi;

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
        error = null;
        if (request.Dialect == Id)
        {
            return true;
        }

        if (!request.TryReadConversation(out var conversation, out error))
        {
            return false;
        }

        error = ConversationWriter.RefusalOf(conversation, request.Dialect);
        return error is null;
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
    ) => ReplyReader.TryRead(owner, length, Id, out reply, out error);

    /// <inheritdoc/>
    public bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        LogProbUse logProbs,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => ReplyReader.TryRead(owner, length, Id, out reply, out error, logProbs);

    /// <inheritdoc/>
    public WireError ReadError(ReadOnlySpan<byte> body) => ErrorReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new FrameReader(Id);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader(LogProbUse logProbs) => new FrameReader(Id, logProbs);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, IBufferWriter<byte> output) => Write(reply, null, output);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, ChatRequest request, IBufferWriter<byte> output) =>
        Write(reply, request, output);

    private void Write(ChatReply reply, ChatRequest? request, IBufferWriter<byte> output)
    {
        if (reply.Dialect == Id)
        {
            output.Write(reply.Body.Span);
            return;
        }

        var unnamed = AnswerFace.Of(AnswerWriter.IdPrefix, request);
        AnswerWriter.Write(DialectMismatch.AnswerOf(reply, Id, unnamed), UnixSeconds, output);
    }

    /// <inheritdoc/>
    public IFrameWriter CreateFrameWriter(ChatRequest request) =>
        new FrameWriter(request.StreamUsage, UnixSeconds, request);

    private long UnixSeconds => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc/>
    public int StatusOf(ChatError error) => ErrorFace.Of(error).Status;

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output) => ErrorWriter.Write(error, output);

    /// <summary>Writes the answer to <c>GET /v1/models/{id}</c>.</summary>
    public void WriteModel(in ListedModel model, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        WriteModel(json, model);
    }

    /// <summary>Writes the answer to <c>GET /v1/models</c>.</summary>
    public void WriteModels(IEnumerable<ListedModel> models, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            WriteModel(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, in ListedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, model.Created);
        json.WriteString("owned_by"u8, model.OwnedBy);
        json.WriteEndObject();
    }
}
