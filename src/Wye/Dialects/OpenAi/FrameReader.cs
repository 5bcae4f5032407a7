using System.Buffers;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads the chunks of one stream.</summary>
/// <param name="dialect">Chat completions, or the older ones, whose chunks differ only in where their text stands.</param>
/// <param name="logProbs">What becomes of log-probabilities.</param>
internal sealed class FrameReader(DialectId dialect, LogProbUse logProbs = LogProbUse.Relay) : IFrameReader
{
    // Made with the first chunk that something is taken out of.
    private ArrayBufferWriter<byte>? _cut;
    private readonly EventReader _events = new();
    private bool _refused;

    /// <inheritdoc/>
    public ChatFrame Read(string? eventName, ReadOnlyMemory<byte> data)
    {
        var frame = new ChatFrame
        {
            Dialect = dialect,
            EventName = eventName,
            Data = data,
            Events = dialect == DialectId.OpenAi ? _events : null,
        };
        var payload = data.Span.Trim(" \t\r\n"u8);
        if (payload.IsEmpty)
        {
            return frame;
        }

        if (payload.SequenceEqual("[DONE]"u8))
        {
            return frame with { Kinds = ChatFrameKinds.End };
        }

        var chunk = new ChunkView(dialect);
        if (!WireBody.TryReadEvent(payload, ref chunk))
        {
            return frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = new ChatError(FailureKind.BadResponse, "The provider sent a chunk that is not a JSON object."),
            };
        }

        return chunk.IsError || string.Equals(eventName, "error", StringComparison.Ordinal)
            ? frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = ErrorReader.OfEvent(payload),
            }
            : Fill(frame, chunk);
    }

    private ChatFrame Fill(in ChatFrame frame, in ChunkView chunk)
    {
        _refused |= chunk.Refused;
        var filled = frame with
        {
            EmptyId = IdIn(frame.Data.Span, chunk),
            Kinds = chunk.Kinds,
            ContentBytes = chunk.ContentBytes,
            Finish = chunk.Finish == FinishReason.Stop && _refused ? FinishReason.ContentFilter : chunk.Finish,
            Usage = chunk.Usage is { } usage ? usage with { ServiceTier = chunk.Tier } : null,
        };
        return logProbs == LogProbUse.Relay ? filled : ReadLogProbs(filled);
    }

    private static int IdIn(ReadOnlySpan<byte> data, in ChunkView chunk) =>
        chunk.EmptyId == 0 ? 0 : chunk.EmptyId + data.Length - data.TrimStart(" \t\r\n"u8).Length;

    private ChatFrame ReadLogProbs(in ChatFrame frame)
    {
        var read = frame with { Confidence = HiddenLogProbs.ConfidenceOf(frame.Data) };
        var at = logProbs == LogProbUse.Read ? -1 : frame.Data.Span.IndexOf("logprobs"u8);
        if (at < 0)
        {
            return read;
        }

        _cut ??= new ArrayBufferWriter<byte>(frame.Data.Length);
        _cut.ResetWrittenCount();
        HiddenLogProbs.Cut(frame.Data.Span, default, _cut);
        // Behind what is taken out it would stand elsewhere.
        return read with { Data = _cut.WrittenMemory, EmptyId = read.EmptyId < at ? read.EmptyId : 0 };
    }
}
