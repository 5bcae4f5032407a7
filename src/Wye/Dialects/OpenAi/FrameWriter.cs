using System.Buffers;
using Wye.Chat;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Sse;
using Wye.Dialects.Text;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi;

/// <summary>Writes one stream to a caller: relays chunks of this dialect, writes the events of any other anew.</summary>
internal sealed class FrameWriter(bool usageWanted, long created = 0, ChatRequest? asked = null) : IFrameWriter
{
    private ChunkWriter? _translation;
    private string? _id;

    private AnswerFace Unnamed => AnswerFace.Of(AnswerWriter.IdPrefix, asked);

    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Dialect != DialectId.OpenAi)
        {
            _translation ??= new ChatChunkWriter(usageWanted, created, Unnamed);
            _translation.Write(frame, output);
            return;
        }

        // Clients parse every payload as JSON, so an empty one must not reach them.
        if (frame.Data.IsEmpty || (frame.Kinds == ChatFrameKinds.Usage && !usageWanted))
        {
            return;
        }

        if (frame.EmptyId > 0)
        {
            WriteNamed(frame, output);
            return;
        }

        SseWriter.WriteEvent(frame.EventName, frame.Data.Span, output);
    }

    // The official client overlooks what a chunk without an id says beside its choices, the usage above all.
    private void WriteNamed(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _id ??= Unnamed.Id;
        var data = frame.Data.Span;
        var named = new ArrayBufferWriter<byte>(data.Length + _id.Length);
        named.Write(data[..frame.EmptyId]);
        JsonLiterals.WriteString(named, _id);
        named.Write(data[(frame.EmptyId + 2)..]);
        SseWriter.WriteEvent(frame.EventName, named.WrittenSpan, output);
    }

    /// <inheritdoc/>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        _translation?.WriteEnd(terminator, output);
        output.Write("data: [DONE]\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        ErrorWriter.Write(error, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output) =>
        SseWriter.WriteComment(text, output);
}
