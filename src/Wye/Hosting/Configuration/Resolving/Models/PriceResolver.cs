using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Models;

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

        var price = Figures(problems, path, config);
        return price is null
            ? null
            : price with
            {
                Steps = Steps(problems, path, config),
                Tiers =
                [
                    .. Tier(problems, $"{path}.batch", ServiceTier.Batch, config.Batch),
                    .. Tier(problems, $"{path}.flex", ServiceTier.Flex, config.Flex),
                    .. Tier(problems, $"{path}.priority", ServiceTier.Priority, config.Priority),
                ],
            };
    }

    private static Price? Figures(ProblemList problems, string path, PriceConfig config)
    {
        var input = PerToken(problems, $"{path}.input", config.Input);
        var output = PerToken(problems, $"{path}.output", config.Output);
        var read = PerToken(problems, $"{path}.cache_read", config.CacheRead);
        var write = PerToken(problems, $"{path}.cache_write", config.CacheWrite);
        return input is { } i && output is { } o
            ? new Price(i, o, read, write)
            {
                CacheWriteHour = PerToken(problems, $"{path}.cache_write_hour", config.CacheWriteHour),
                Reasoning = PerToken(problems, $"{path}.reasoning", config.Reasoning),
                AudioInput = PerToken(problems, $"{path}.audio_input", config.AudioInput),
                AudioOutput = PerToken(problems, $"{path}.audio_output", config.AudioOutput),
                ImageInput = PerToken(problems, $"{path}.image_input", config.ImageInput),
                PerRequest = PerRequest(problems, $"{path}.per_request", config.PerRequest),
            }
            : null;
    }

    private static ImmutableArray<PriceStep> Steps(ProblemList problems, string path, PriceConfig config)
    {
        var steps = ImmutableArray.CreateBuilder<PriceStep>();
        var last = 0;
        for (var i = 0; i < config.Steps.Length; i++)
        {
            var (step, at) = (config.Steps[i], string.Create(CultureInfo.InvariantCulture, $"{path}.steps[{i}]"));
            if (step.Above is not { } above || above <= last || step.Input is null || step.Output is null)
            {
                problems.Error(
                    at,
                    "A price step needs above, input and output, and stands after those of shorter prompts.",
                    "Write { above: 200000, input: 2.50, output: 15 }."
                );
            }
            else if (Figures(problems, at, step) is { } price)
            {
                last = above;
                steps.Add(new PriceStep(above, price));
            }
        }

        return steps.ToImmutable();
    }

    private static IEnumerable<ServicePrice> Tier(
        ProblemList problems,
        string path,
        ServiceTier tier,
        PriceConfig? config
    ) => Resolve(problems, path, config) is { } price ? [new ServicePrice(tier, price)] : [];

    private static Usd PerRequest(ProblemList problems, string path, decimal? dollars)
    {
        if (dollars is null or (>= 0 and <= 1_000))
        {
            return Usd.FromDollars(dollars ?? 0);
        }

        problems.Error(path, "The fee is out of range.", "Use 0 to 1000 USD per call.");
        return Usd.Zero;
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
