using Wye.Primitives;

namespace Wye.Dialects.Translation;

/// <summary>Joins what a stream says of its tokens.</summary>
internal static class UsageMerge
{
    /// <summary>What the provider told; where that is nothing, what was counted here; null = neither.</summary>
    public static Usage? OrCounted(Usage? told, Usage? counted) =>
        (told ?? default) == default ? counted ?? told : told;

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
