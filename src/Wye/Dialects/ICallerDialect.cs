using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;

namespace Wye.Dialects;

/// <summary>The caller's side of a wire format: reads requests, writes answers and errors. Stateless, thread-safe.</summary>
public interface ICallerDialect : IWireFormat
{
    /// <summary>Reads a caller's request in one pass; the body must stay valid as long as the request.</summary>
    /// <returns>False when the body is wrong; <paramref name="error"/> then names the part and the fix.</returns>
    bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    );

    /// <summary>Writes a whole answer for a caller of this dialect.</summary>
    void WriteReply(ChatReply reply, IBufferWriter<byte> output);

    /// <summary>Writes a whole answer for a caller of this dialect, fit for what they asked.</summary>
    void WriteReply(ChatReply reply, ChatRequest request, IBufferWriter<byte> output) => WriteReply(reply, output);

    /// <summary>A writer for one stream to a caller of this dialect.</summary>
    IFrameWriter CreateFrameWriter(ChatRequest request);

    /// <summary>HTTP status under which an error is given to a caller.</summary>
    int StatusOf(ChatError error);

    /// <summary>Writes the error envelope for a caller of this dialect.</summary>
    void WriteError(ChatError error, IBufferWriter<byte> output);
}
