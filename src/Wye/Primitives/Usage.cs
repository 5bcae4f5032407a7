namespace Wye.Primitives;

/// <summary>
/// Tokens of one call by kind, as billed: the kinds of the prompt do not overlap; reasoning and audio of the answer are parts of
/// its output.
/// </summary>
/// <remarks>All values ≥ 0. Dialects that count cached tokens inside input (OpenAI) subtract them when reading.</remarks>
public readonly record struct Usage
{
    /// <summary>Input tokens billed at the full input price.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache, to be kept for its usual time.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache, to be kept for an hour.</summary>
    public long CacheWriteHourTokens { get; init; }

    /// <summary>Input tokens of sound.</summary>
    public long AudioInputTokens { get; init; }

    /// <summary>Input tokens of images, where the provider counts them apart.</summary>
    public long ImageInputTokens { get; init; }

    /// <summary>Output tokens, reasoning and audio included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The part of <see cref="OutputTokens"/> spent on hidden reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>The part of <see cref="OutputTokens"/> that is sound.</summary>
    public long AudioOutputTokens { get; init; }

    /// <summary>At which of its prices the provider served the call; default as usual.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>All tokens of the prompt, however billed.</summary>
    public long PromptTokens =>
        checked(
            InputTokens
            + CacheReadTokens
            + CacheWriteTokens
            + CacheWriteHourTokens
            + AudioInputTokens
            + ImageInputTokens
        );

    /// <summary>Kind by kind sum; of two service tiers that differ, the one that has tokens, else the usual one.</summary>
    public static Usage operator +(Usage left, Usage right) =>
        new()
        {
            InputTokens = checked(left.InputTokens + right.InputTokens),
            CacheReadTokens = checked(left.CacheReadTokens + right.CacheReadTokens),
            CacheWriteTokens = checked(left.CacheWriteTokens + right.CacheWriteTokens),
            CacheWriteHourTokens = checked(left.CacheWriteHourTokens + right.CacheWriteHourTokens),
            AudioInputTokens = checked(left.AudioInputTokens + right.AudioInputTokens),
            ImageInputTokens = checked(left.ImageInputTokens + right.ImageInputTokens),
            OutputTokens = checked(left.OutputTokens + right.OutputTokens),
            ReasoningTokens = checked(left.ReasoningTokens + right.ReasoningTokens),
            AudioOutputTokens = checked(left.AudioOutputTokens + right.AudioOutputTokens),
            ServiceTier = SharedTier(left, right),
        };

    private static ServiceTier SharedTier(in Usage left, in Usage right) =>
        left.ServiceTier == right.ServiceTier ? left.ServiceTier
        : left.IsNothing ? right.ServiceTier
        : right.IsNothing ? left.ServiceTier
        : ServiceTier.Standard;

    private bool IsNothing => PromptTokens == 0 && OutputTokens == 0;
}
