namespace Wye.Hosting.Configuration;

/// <summary>A price as written, in USD per 1,000,000 tokens.</summary>
/// <param name="Input">Per input token; must be there.</param>
/// <param name="Output">Per output token; must be there.</param>
/// <param name="CacheRead">Per token read from the prompt cache; null = as input.</param>
/// <param name="CacheWrite">Per token written to it; null = as input.</param>
public sealed record PriceConfig(decimal? Input, decimal? Output, decimal? CacheRead = null, decimal? CacheWrite = null)
{
    /// <summary>Nothing is paid per token: <c>price: free</c>.</summary>
    public static PriceConfig Free { get; } = new(0, 0);
}
