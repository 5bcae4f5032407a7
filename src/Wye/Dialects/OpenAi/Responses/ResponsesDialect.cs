using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses.Requests;
using Wye.Dialects.OpenAi.Responses.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses;

/// <summary>OpenAI responses, on the caller's side: every upstream is reached through the canonical form.</summary>
/// <param name="time">Dates responses; null = the system's clock.</param>
/// <param name="face">What one response carries; null = nothing.</param>
internal sealed class ResponsesDialect(TimeProvider? time = null, ResponseFace? face = null) : ICallerDialect
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ResponseFace _face = face ?? ResponseFace.None;

    /// <inheritdoc/>
    public DialectId Id => DialectId.Responses;

    /// <summary>The same for one response.</summary>
    public ResponsesDialect With(ResponseFace one) => new(_time, one);

    /// <inheritdoc/>
    public bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    ) => RequestReader.TryRead<ResponseScan>(body, hints, out request, out error);

    /// <summary>Reads a request anew that <see cref="InputJoin"/> put kept items into.</summary>
    public static bool TryReadJoined(
        ReadOnlyMemory<byte> body,
        ChatRequest own,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    ) => ResponseScan.TryReadJoined(body, own, out request, out error);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("A response repeats parts of its request. Give the request too.");

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, ChatRequest request, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(request);
        var draft = ResponseDraft.Of(
            DialectMismatch.AnswerOf(reply, Id, AnswerFace.Of("", request)),
            request,
            _face,
            ShowsReasoning(request)
        );
        var whole = new ArrayBufferWriter<byte>(reply.Body.Length + 1024);
        new ResponseWriter(request, _face, Now).Write(draft, whole);
        _face.Keep?.Invoke(whole.WrittenMemory);
        output.Write(whole.WrittenSpan);
    }

    /// <inheritdoc/>
    public IFrameWriter CreateFrameWriter(ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new EventWriter(new ResponseWriter(request, _face, Now), _face, request, ShowsReasoning(request));
    }

    /// <inheritdoc/>
    public int StatusOf(ChatError error) => ErrorFace.Of(error).Status;

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output) => ErrorWriter.Write(error, output);

    /// <summary>Writes the answer to a deletion.</summary>
    public static void WriteDeleted(string id, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "response"u8);
        json.WriteBoolean("deleted"u8, true);
        json.WriteEndObject();
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Reasoning is shown only to a caller who asked for a summary of it.</summary>
    private static bool ShowsReasoning(ChatRequest request)
    {
        if (ResponseKeys.Find(request, ResponseKey.Reasoning) is not { } field)
        {
            return false;
        }

        using var reasoning = Json.Parse(request.Body.Slice(field.Value.Start, field.Value.Length));
        return reasoning.RootElement.Member("summary"u8).Asks()
            || reasoning.RootElement.Member("generate_summary"u8).Asks();
    }
}
