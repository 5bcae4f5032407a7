using System.Diagnostics.CodeAnalysis;
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
    ValueTask<GateVerdict> JudgeAsync(GateId gate, GateSubject subject, CancellationToken cancellationToken);

    /// <summary>Whether the beginning of an answer that is still coming is bad enough to stop it.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="request">What the caller asked.</param>
    /// <param name="beginning">Text so far, unescaped UTF-8.</param>
    bool RefusesEarly(GateId gate, ChatRequest request, ReadOnlySpan<byte> beginning) => false;

    /// <summary>
    /// Alternatives per token, 0..20, that a gate wants the log-probabilities of beside those of the tokens themselves; null = it reads none.
    /// </summary>
    int? LogProbsOf(GateId gate) => null;

    /// <summary>The question by which a model is asked about a request, or about an answer to it.</summary>
    /// <param name="gate">A judge's gate.</param>
    /// <param name="request">What the caller asked.</param>
    /// <param name="reply">The answer to be judged.</param>
    /// <param name="question">The call to make, with a small output bound and temperature 0.</param>
    /// <returns>False when the gate asks no model.</returns>
    bool TryAsk(GateId gate, ChatRequest request, ChatReply reply, [NotNullWhen(true)] out ChatRequest? question)
    {
        question = null;
        return false;
    }
}
