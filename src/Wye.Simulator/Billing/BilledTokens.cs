using System.Runtime.InteropServices;
using Wye.Simulator.Models;

namespace Wye.Simulator.Billing;

/// <summary>The tokens one call is billed for.</summary>
/// <param name="Input">Input tokens at full price: neither read from nor written to the prompt cache.</param>
/// <param name="CacheRead">Input tokens read from the prompt cache.</param>
/// <param name="CacheWrite">Input tokens written to the prompt cache at the caller's wish.</param>
/// <param name="Output">Output tokens, <paramref name="Reasoning"/> included.</param>
/// <param name="Reasoning">The part of <paramref name="Output"/> that was never shown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BilledTokens(long Input, long CacheRead, long CacheWrite, long Output, long Reasoning)
{
    /// <summary>All input tokens, however priced.</summary>
    public long TotalInput => Input + CacheRead + CacheWrite;

    /// <summary>The exact price in pico-dollars.</summary>
    /// <exception cref="OverflowException">The price exceeds about 9.2 million USD.</exception>
    public long PicoUsd(TokenPrices prices) =>
        checked(
            (Input * prices.Input)
            + (CacheRead * (prices.CacheRead ?? prices.Input))
            + (CacheWrite * (prices.CacheWrite ?? prices.Input))
            + (Output * prices.Output)
        );
}
