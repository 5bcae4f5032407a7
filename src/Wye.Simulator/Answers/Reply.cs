using Wye.Simulator.Billing;

namespace Wye.Simulator.Answers;

/// <summary>A whole answer before any dialect writes it.</summary>
internal sealed class Reply
{
    public required ReplyChoice[] Choices { get; init; }

    public required long PromptTokens { get; init; }

    public long CacheRead { get; init; }

    public long CacheWrite { get; init; }

    /// <summary>All output tokens, reasoning included.</summary>
    public required long OutputTokens { get; init; }

    public long ReasoningTokens { get; init; }

    /// <summary>Null: nobody can tell.</summary>
    public bool? Correct { get; init; }

    /// <summary>What is billed once <paramref name="output"/> tokens have been generated.</summary>
    public BilledTokens TokensAt(long output) =>
        new(PromptTokens - CacheRead - CacheWrite, CacheRead, CacheWrite, output, Math.Min(output, ReasoningTokens));
}
