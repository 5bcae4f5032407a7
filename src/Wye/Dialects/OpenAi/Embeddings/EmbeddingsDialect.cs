using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Requests;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Embeddings;

/// <summary>OpenAI embeddings, relayed: texts in, vectors out, never a stream.</summary>
internal sealed class EmbeddingsDialect : IDialect
{
    /// <inheritdoc/>
    public DialectId Id => DialectId.Embeddings;

    /// <inheritdoc/>
    public bool NamesProviders => false;

    /// <inheritdoc/>
    public bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    ) => RequestReader.TryRead<EmbeddingScan>(body, hints, out request, out error);

    /// <inheritdoc/>
    public bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error) =>
        SameFormat.Is(request, Id, out error);

    /// <inheritdoc/>
    public void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output)
    {
        SameFormat.Demand(call.Request, Id);
        // There is no output to bound.
        RequestWriter.Write(call with { MaxOutputTokens = null }, upstreamModel, output);
    }

    /// <inheritdoc/>
    public bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => EmbeddingReply.TryRead(owner, length, out reply, out error);

    /// <inheritdoc/>
    public WireError ReadError(ReadOnlySpan<byte> body) => ErrorReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new FrameReader(Id);

    /// <inheritdoc/>
    public void WriteReply(ChatReply reply, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(reply);
        output.Write(reply.Body.Span);
    }

    /// <inheritdoc/>
    public IFrameWriter CreateFrameWriter(ChatRequest request) =>
        throw new NotSupportedException("Embeddings are not streamed.");

    /// <inheritdoc/>
    public int StatusOf(ChatError error) => ErrorFace.Of(error).Status;

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output) => ErrorWriter.Write(error, output);
}
