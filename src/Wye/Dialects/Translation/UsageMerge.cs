using Wye.Primitives;

namespace Wye.Dialects.Translation;

/// <summary>Joins what a stream says of its tokens.</summary>
internal static class UsageMerge
{
    /// <summary>
    /// What is billed: the provider's numbers, with an estimate where they are missing or cannot be; where nothing was
    /// billed, what the provider told; null = neither.
    /// </summary>
    public static Usage? OrBilled(Usage? told, Usage? billed) =>
        (billed ?? default) == default ? told ?? billed : billed;

    /// <summary>A later event replaces what it names; a kind it leaves out reads as zero.</summary>
    public static Usage Of(in Usage before, in Usage now) =>
        new()
        {
            InputTokens = now.InputTokens == 0 ? before.InputTokens : now.InputTokens,
            CacheReadTokens = now.CacheReadTokens == 0 ? before.CacheReadTokens : now.CacheReadTokens,
            CacheWriteTokens = now.CacheWriteTokens == 0 ? before.CacheWriteTokens : now.CacheWriteTokens,
            OutputTokens = now.OutputTokens == 0 ? before.OutputTokens : now.OutputTokens,
            ReasoningTokens = now.ReasoningTokens == 0 ? before.ReasoningTokens : now.ReasoningTokens,
            CacheWriteHourTokens =
                now.CacheWriteHourTokens == 0 ? before.CacheWriteHourTokens : now.CacheWriteHourTokens,
        };
}
