using Wye.Chat;
using Wye.Primitives;

namespace Wye.Gates;

/// <summary>Judges answers by the gates of the configuration; a plan names a gate by its id. Thread-safe.</summary>
public interface IGateKeeper
{
    /// <summary>Whether there is a gate of that name.</summary>
    bool Knows(GateId gate);

    /// <summary>Judges one whole answer. A fault of the gate is <see cref="GateDecision.Abstained"/>, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled: time is up or the caller left.</exception>
    ValueTask<GateVerdict> JudgeAsync(
        GateId gate,
        ChatRequest request,
        ChatReply reply,
        CancellationToken cancellationToken
    );
}
