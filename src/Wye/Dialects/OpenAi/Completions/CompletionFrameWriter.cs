using System.Buffers;
using Wye.Chat;
using Wye.Dialects.Sse;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>Writes one stream to a caller: relays chunks of this dialect, writes the texts of any other anew.</summary>
internal sealed class CompletionFrameWriter(bool usageWanted, long created, ChatRequest asked) : IFrameWriter
{
    private CompletionChunkWriter? _translation;

    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Dialect != DialectId.Completions)
        {
            _translation ??= new CompletionChunkWriter(
                usageWanted,
                created,
                AnswerFace.Of(CompletionsDialect.IdPrefix, asked)
            );
            _translation.Write(frame, output);
        }
        else if (!frame.Data.IsEmpty && (frame.Kinds != ChatFrameKinds.Usage || usageWanted))
        {
            SseWriter.WriteEvent(frame.EventName, frame.Data.Span, output);
        }
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
