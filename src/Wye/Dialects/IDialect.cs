using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;

namespace Wye.Dialects;

/// <summary>A wire format: its reader and writer on the caller's side and on the provider's side. Stateless, thread-safe.</summary>
/// <remarks>
/// Same dialect on both sides = bytes are spliced and relayed; else the canonical form of <c>Chat.Conversations</c> and
/// <c>Chat.Events</c> stands between. All JSON keys of a wire format live behind this port.
/// </remarks>
public interface IDialect
{
    /// <summary>Its name.</summary>
    DialectId Id { get; }

    /// <summary>Reads a caller's request in one pass; the body must stay valid as long as the request.</summary>
    /// <returns>False when the body is wrong; <paramref name="error"/> then names the part and the fix.</returns>
    bool TryReadRequest(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    );

    /// <summary>
    /// Whether <see cref="WriteRequest"/> can put this request into the dialect; asked before each call. By default a request
    /// of the same dialect, and any that can be read into the canonical form.
    /// </summary>
    /// <returns>
    /// False when it cannot; <paramref name="error"/> is then a failure of this target
    /// (<see cref="Primitives.FailureKind.NoneAvailable"/>), so that a plan may go on to another.
    /// </returns>
    bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        error = null;
        return request.Dialect == Id || request.TryReadConversation(out _, out error);
    }

    /// <summary>
    /// Writes the request for a provider that speaks this dialect, under the name the provider gives the model. Names of what
    /// could not be carried over go to <see cref="ChatCall.Dropped"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="CanWriteRequest"/> says no.</exception>
    void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output);

    /// <summary>Reads a provider's whole answer. Takes <paramref name="owner"/> over, also when it fails.</summary>
    /// <returns>False when it is no answer (invalid JSON, no choices …): <see cref="Primitives.FailureKind.BadResponse"/>.</returns>
    bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    );

    /// <summary>Reads a provider's error body, which may be anything.</summary>
    WireError ReadError(ReadOnlySpan<byte> body);

    /// <summary>A reader for one stream of a provider.</summary>
    IFrameReader CreateFrameReader();

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
