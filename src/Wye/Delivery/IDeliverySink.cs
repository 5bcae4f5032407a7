using Wye.Chat;

namespace Wye.Delivery;

/// <summary>The caller's side of a delivery. Exactly one of the three ends is called, once, after settlement.</summary>
/// <remarks>Called by one flow at a time. It writes the caller's dialect; delivery knows none.</remarks>
public interface IDeliverySink
{
    /// <summary>End: a whole answer.</summary>
    ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken);

    /// <summary>End: nothing has been sent, the request failed.</summary>
    ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken);

    /// <summary>
    /// Nothing has answered a streamed request yet: tells the caller that somebody is there. The first one sends the headers,
    /// so the status is spent; targets may still change.
    /// </summary>
    /// <param name="head">What is known; no model yet.</param>
    /// <param name="cancellationToken">Cancelled when the caller leaves.</param>
    /// <returns>Whether the headers have left; false = this sink has no heartbeats.</returns>
    ValueTask<bool> HeartbeatAsync(DeliveryHead head, CancellationToken cancellationToken) => new(false);

    /// <summary>A stream begins; headers leave with what is known, unless a heartbeat has sent them.</summary>
    ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken);

    /// <summary>One frame of the stream, terminator and errors excluded; flushed at once.</summary>
    ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken);

    /// <summary>
    /// The whole request's time is over and the caller still has not taken what was written: a write that waits for him ends now,
    /// as when he leaves. Called beside the flow; a sink that does nothing here waits on.
    /// </summary>
    void GiveUp() { }

    /// <summary>
    /// End: the stream is over, or nothing came after a heartbeat. Without error the terminator follows; with one an error frame, then the connection is cut
    /// without its terminating chunk, so that no client takes the answer for whole.
    /// </summary>
    /// <param name="terminator">The provider's terminator frame, when the answer is whole.</param>
    /// <param name="error">The failure after commit; null = the answer is whole.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="cancellationToken">Cancelled when the caller leaves.</param>
    ValueTask EndStreamAsync(
        ChatFrame terminator,
        ChatError? error,
        Outcome outcome,
        CancellationToken cancellationToken
    );
}
