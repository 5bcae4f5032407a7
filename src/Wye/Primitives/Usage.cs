namespace Wye.Primitives;

/// <summary>Tokens of one call by kind, as billed: the kinds do not overlap, except reasoning, which is part of output.</summary>
/// <remarks>All values ≥ 0. Dialects that count cached tokens inside input (OpenAI) subtract them when reading.</remarks>
public readonly record struct Usage
{
    /// <summary>Input tokens billed at the full input price.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output tokens, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The part of <see cref="OutputTokens"/> spent on hidden reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>All tokens of the prompt, however billed.</summary>
    public long PromptTokens => checked(InputTokens + CacheReadTokens + CacheWriteTokens);

    /// <summary>Kind by kind sum.</summary>
    public static Usage operator +(Usage left, Usage right) =>
        new()
        {
            InputTokens = checked(left.InputTokens + right.InputTokens),
            CacheReadTokens = checked(left.CacheReadTokens + right.CacheReadTokens),
            CacheWriteTokens = checked(left.CacheWriteTokens + right.CacheWriteTokens),
            OutputTokens = checked(left.OutputTokens + right.OutputTokens),
            ReasoningTokens = checked(left.ReasoningTokens + right.ReasoningTokens),
        };
}
