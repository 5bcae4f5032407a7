using System.Buffers;
using Wye.Chat;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Sse;

namespace Wye.Dialects.Anthropic;

/// <summary>Writes one stream to a caller: relays events of this dialect, writes those of any other anew.</summary>
internal sealed class FrameWriter(ChatRequest request) : IFrameWriter
{
    private EventWriter? _translation;

    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Dialect != DialectId.Anthropic)
        {
            _translation ??= new EventWriter(Reasoning.IsShown(request), request);
            _translation.Write(frame, output);
        }
        else if (!frame.Data.IsEmpty)
        {
            SseWriter.WriteEvent(frame.EventName, frame.Data.Span, output);
        }
    }

    /// <inheritdoc/>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        _translation?.WriteEnd(terminator, output);
        output.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output)
    {
        output.Write("event: error\ndata: "u8);
        ErrorWriter.Write(error, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output) =>
        SseWriter.WriteComment(text, output);
}
