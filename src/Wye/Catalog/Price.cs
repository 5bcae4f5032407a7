using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>What one token costs, by kind. An unknown price is a missing <see cref="Price"/>, never zero.</summary>
/// <param name="Input">Per input token.</param>
/// <param name="Output">Per output token, reasoning included.</param>
/// <param name="CacheRead">Per input token read from the provider's prompt cache; null = as <paramref name="Input"/>.</param>
/// <param name="CacheWrite">Per input token written to that cache; null = as <paramref name="Input"/>.</param>
public sealed record Price(Usd Input, Usd Output, Usd? CacheRead = null, Usd? CacheWrite = null)
{
    /// <summary>A local model: nothing is paid per token.</summary>
    public static Price Free { get; } = new(Usd.Zero, Usd.Zero);

    /// <summary>Exact cost of <paramref name="usage"/>.</summary>
    /// <exception cref="OverflowException">The sum leaves the range of <see cref="Usd"/>.</exception>
    public Usd CostOf(in Usage usage) =>
        (Input * usage.InputTokens)
        + ((CacheRead ?? Input) * usage.CacheReadTokens)
        + ((CacheWrite ?? Input) * usage.CacheWriteTokens)
        + (Output * usage.OutputTokens);
}
