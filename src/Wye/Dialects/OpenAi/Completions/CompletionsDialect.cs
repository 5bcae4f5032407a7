using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Requests;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>
/// The older completions of a prompt: relayed to models that speak them, and where a chat says the same, asked of others as a chat.
/// </summary>
/// <param name="time">Dates answers that come from another dialect; null = the system's clock.</param>
internal sealed class CompletionsDialect(TimeProvider? time = null) : IDialect
{
    /// <summary>What ids of completions begin with.</summary>
    public const string IdPrefix = "cmpl-";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public DialectId Id => DialectId.Completions;

    /// <inheritdoc/>
    public bool NamesProviders => false;

    /// <inheritdoc/>
    public bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    ) => RequestReader.TryRead<CompletionScan>(body, hints, out request, out error);

    /// <inheritdoc/>
    public bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error) =>
        SameFormat.Is(request, Id, out error);

    /// <inheritdoc/>
    public void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output)
    {
        SameFormat.Demand(call.Request, Id);
        RequestWriter.Write(call, upstreamModel, output);
    }

    /// <inheritdoc/>
    public bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => ReplyReader.TryRead(owner, length, Id, out reply, out error);

    /// <inheritdoc/>
    public WireError ReadError(ReadOnlySpan<byte> body) => ErrorReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new FrameReader(Id);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, IBufferWriter<byte> output) => Write(reply, null, output);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, ChatRequest request, IBufferWriter<byte> output) =>
        Write(reply, request, output);

    private void Write(ChatReply reply, ChatRequest? request, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Dialect == Id)
        {
            output.Write(reply.Body.Span);
            return;
        }

        Write(DialectMismatch.AnswerOf(reply, Id, AnswerFace.Of(IdPrefix, request)), output);
    }

    /// <inheritdoc/>
    public IFrameWriter CreateFrameWriter(ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CompletionFrameWriter(request.StreamUsage, UnixSeconds, request);
    }

    /// <inheritdoc/>
    public int StatusOf(ChatError error) => ErrorFace.Of(error).Status;

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output) => ErrorWriter.Write(error, output);

    private long UnixSeconds => _time.GetUtcNow().ToUnixTimeSeconds();

    private void Write(ChatAnswer answer, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, UnixSeconds);
        json.WriteString("model"u8, answer.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, string.Concat(answer.Parts.OfType<TextPart>().Select(part => part.Text)));
        json.WriteNumber("index"u8, 0);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, FinishReasons.NameOf(answer.Finish));
        json.WriteEndObject();
        json.WriteEndArray();
        if (answer.Usage is { } usage)
        {
            UsageWriter.Write(json, usage);
        }

        json.WriteEndObject();
    }
}
