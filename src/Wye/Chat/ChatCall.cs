using Wye.Primitives;

namespace Wye.Chat;

/// <summary>One call to one model.</summary>
/// <param name="Request">What the caller asked.</param>
/// <param name="RequestId">The caller request it belongs to.</param>
/// <param name="Attempt">Number of the call within the request, from 1.</param>
public readonly record struct ChatCall(ChatRequest Request, RequestId RequestId, int Attempt)
{
    /// <summary>Output bound to set, in tokens; null = as the caller asked.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What becomes of token log-probabilities; default relayed as the caller asked.</summary>
    public LogProbUse LogProbs { get; init; }

    /// <summary>Alternatives per token to ask for with <see cref="LogProbUse.Ask"/>, 0..20; default 0.</summary>
    public int TopLogProbs { get; init; }

    /// <summary>Whether the <c>/model</c> line is left out.</summary>
    public bool CutDirective { get; init; }

    /// <summary>
    /// Whether the provider takes the output bound of this model only under its newer name; default false. For dialects that
    /// have two names for it.
    /// </summary>
    public bool NewerOutputBound { get; init; }

    /// <summary>What is known of the model called.</summary>
    public ChatTarget Target { get; init; } = ChatTarget.Unknown;

    /// <summary>Takes the names of what could not be carried into another dialect; null = nobody asks.</summary>
    public ICollection<string>? Dropped { get; init; }
}
