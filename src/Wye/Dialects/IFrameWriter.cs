using System.Buffers;
using Wye.Chat;

namespace Wye.Dialects;

/// <summary>Writes one stream to a caller as server-sent events.</summary>
public interface IFrameWriter
{
    /// <summary>Writes one frame; writes nothing for what the caller did not ask for (a usage-only frame).</summary>
    void Write(in ChatFrame frame, IBufferWriter<byte> output);

    /// <summary>Writes the terminator of a whole answer.</summary>
    void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output);

    /// <summary>Writes an error event; the connection is cut after it.</summary>
    void WriteError(ChatError error, IBufferWriter<byte> output);

    /// <summary>Writes a comment line that clients ignore.</summary>
    void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output);
}
