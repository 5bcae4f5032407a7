using Wye.Primitives;

namespace Wye.Signals;

/// <summary>What was measured on a request before any model is called. Immutable.</summary>
public sealed record SignalSet
{
    /// <summary>What the request seems to be, or what the caller said it is.</summary>
    public required StepKind StepKind { get; init; }

    /// <summary>Whether <see cref="StepKind"/> was given by the caller.</summary>
    public bool StepKindGiven { get; init; }

    /// <summary>The rule that inferred the step kind, e.g. <c>verb "classify"</c>; null = given, or nothing matched.</summary>
    public string? StepKindReason { get; init; }

    /// <summary>UTF-8 bytes of all texts.</summary>
    public int TextBytes { get; init; }

    /// <summary>Characters (Unicode scalar values) of the last user turn.</summary>
    public int QueryLength { get; init; }

    /// <summary>Words of the last user turn.</summary>
    public int QueryWords { get; init; }

    /// <summary>Estimate of the prompt's tokens, tools and images included.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Upper bound of the prompt's tokens (UTF-8 bytes of the body plus overhead); used to reserve.</summary>
    public int PromptTokenBound { get; init; }

    /// <summary>User turns.</summary>
    public int Turns { get; init; }

    /// <summary>Question marks in the last user turn.</summary>
    public int Questions { get; init; }

    /// <summary>List items in the last user turn.</summary>
    public int ListItems { get; init; }

    /// <summary>Whether the last user turn holds code.</summary>
    public bool Code { get; init; }

    /// <summary>Whether the last user turn holds mathematics.</summary>
    public bool Math { get; init; }

    /// <summary>Dominant script of the last user turn.</summary>
    public TextScript Script { get; init; }
}
