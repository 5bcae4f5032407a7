using System.Collections.Immutable;

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

    /// <summary>Per token written to the prompt cache for an hour; null = as cache write.</summary>
    public decimal? CacheWriteHour { get; init; }

    /// <summary>Per output token of hidden reasoning; null = as output.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Per input token of sound; null = as input.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>Per output token of sound; null = as output.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>Per input token of images; null = as input.</summary>
    public decimal? ImageInput { get; init; }

    /// <summary>Per call, in USD; null = nothing.</summary>
    public decimal? PerRequest { get; init; }

    /// <summary>For steps: the prompt has more tokens than this.</summary>
    public int? Above { get; init; }

    /// <summary>Prices of long prompts.</summary>
    public ImmutableArray<PriceConfig> Steps { get; init; } = [];

    /// <summary>Prices of the <c>batch</c> tier; null = none of its own.</summary>
    public PriceConfig? Batch { get; init; }

    /// <summary>Prices of the <c>flex</c> tier; null = none of its own.</summary>
    public PriceConfig? Flex { get; init; }

    /// <summary>Prices of the <c>priority</c> tier; null = none of its own.</summary>
    public PriceConfig? Priority { get; init; }
}
