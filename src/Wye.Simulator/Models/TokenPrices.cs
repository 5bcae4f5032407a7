using System.Runtime.InteropServices;

namespace Wye.Simulator.Models;

/// <summary>What one token of each kind costs, in pico-dollars: $1 per 1,000,000 tokens is 1,000,000 p$ per token.</summary>
/// <param name="Input">An input token that was not read from a prompt cache.</param>
/// <param name="Output">An output token, reasoning tokens included.</param>
/// <param name="CacheRead">An input token read from the prompt cache; null: the model has no prompt cache.</param>
/// <param name="CacheWrite">An input token written to the prompt cache on request; null: writing costs <paramref name="Input"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenPrices(long Input, long Output, long? CacheRead = null, long? CacheWrite = null)
{
    /// <summary>Costs nothing, like a model on one's own machine.</summary>
    public static TokenPrices Free { get; } = new(0, 0);

    /// <summary>Prices from the way providers print them: USD per 1,000,000 tokens, at most six decimals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative or has more than six decimals.</exception>
    public static TokenPrices PerMillion(
        decimal input,
        decimal output,
        decimal? cacheRead = null,
        decimal? cacheWrite = null
    ) =>
        new(
            ToPico(input),
            ToPico(output),
            cacheRead is { } read ? ToPico(read) : null,
            cacheWrite is { } write ? ToPico(write) : null
        );

    private static long ToPico(decimal usdPerMillion)
    {
        var pico = usdPerMillion * 1_000_000m;
        ArgumentOutOfRangeException.ThrowIfNegative(usdPerMillion);
        return pico == decimal.Truncate(pico)
            ? (long)pico
            : throw new ArgumentOutOfRangeException(
                nameof(usdPerMillion),
                usdPerMillion,
                "A price has at most six decimals per 1,000,000 tokens."
            );
    }
}
