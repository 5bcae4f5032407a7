using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.Gemini.Translation;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini;

/// <summary>Google Gemini's generateContent, on the provider's side: every caller reaches it through the canonical form.</summary>
internal sealed class GeminiDialect : IProviderDialect
{
    /// <inheritdoc/>
    public DialectId Id => DialectId.Gemini;

    /// <inheritdoc/>
    public bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ConversationCheck.CanWrite(request, ConversationWriter.Unfit, ContentWriter.IsEmpty, out error);
    }

    /// <inheritdoc/>
    public void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output) =>
        ConversationWriter.Write(call, DialectMismatch.ConversationOf(call, Id), output);

    /// <inheritdoc/>
    public bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => ReplyReader.TryRead(owner, length, out reply, out error);

    /// <inheritdoc/>
    public WireError ReadError(ReadOnlySpan<byte> body)
    {
        var wire = ErrorReader.Read(body);
        // The code repeats the HTTP status; the status is the telling name.
        return wire.Type is null ? wire : wire with { Code = wire.Type };
    }

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new FrameReader();

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader(LogProbUse logProbs) => new FrameReader(logProbs);
}
