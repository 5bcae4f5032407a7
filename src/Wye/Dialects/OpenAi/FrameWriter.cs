using System.Buffers;
using Wye.Chat;
using Wye.Dialects.Sse;

namespace Wye.Dialects.OpenAi;

/// <summary>Relays the chunks of one stream to a caller.</summary>
internal sealed class FrameWriter(bool usageWanted) : IFrameWriter
{
    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        DialectMismatch.ThrowUnless(frame.Dialect, DialectId.OpenAi);

        // Clients parse every payload as JSON, so an empty one must not reach them.
        if (frame.Data.IsEmpty || (frame.Kinds == ChatFrameKinds.Usage && !usageWanted))
        {
            return;
        }

        SseWriter.WriteEvent(frame.EventName, frame.Data.Span, output);
    }

    /// <inheritdoc/>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output) => output.Write("data: [DONE]\n\n"u8);

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
