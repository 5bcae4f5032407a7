using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>Prices as written → exact prices.</summary>
internal static class PriceResolver
{
    private const decimal MaxPerMillion = 100_000;

    /// <summary>The exact price; null when none is written or it is wrong.</summary>
    public static Price? Resolve(ProblemList problems, string path, PriceConfig? config)
    {
        if (config is null)
        {
            return null;
        }

        if (config.Input is null || config.Output is null)
        {
            problems.Error(
                path,
                "A price needs both input and output.",
                "Write { input: 0.15, output: 0.60 } in USD per 1M tokens, or 'free' for a model that costs nothing per token."
            );
            return null;
        }

        var input = PerToken(problems, $"{path}.input", config.Input);
        var output = PerToken(problems, $"{path}.output", config.Output);
        var read = PerToken(problems, $"{path}.cache_read", config.CacheRead);
        var write = PerToken(problems, $"{path}.cache_write", config.CacheWrite);
        return input is { } i && output is { } o ? new Price(i, o, read, write) : null;
    }

    /// <summary>A rough measure to compare prices: three input tokens for each output token.</summary>
    public static Int128 Blend(Price price) => (3 * (Int128)price.Input.PicoDollars) + price.Output.PicoDollars;

    private static Usd? PerToken(ProblemList problems, string path, decimal? perMillion)
    {
        if (perMillion is not { } usd)
        {
            return null;
        }

        if (usd is < 0 or > MaxPerMillion)
        {
            problems.Error(path, "The price is out of range.", "Use 0 to 100000 USD per 1M tokens.");
            return null;
        }

        if (decimal.Round(usd, 6) != usd)
        {
            problems.Error(path, "The price is finer than can be kept exactly.", "Use at most six decimals.");
            return null;
        }

        return Usd.PerMillionTokens(usd);
    }
}
