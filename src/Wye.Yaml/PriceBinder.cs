using System.Collections.Immutable;
using Wye.Hosting.Configuration;

namespace Wye.Yaml;

/// <summary>A <c>price</c>: figures per token kind, steps for long prompts, and prices of other service tiers.</summary>
internal static class PriceBinder
{
    public static PriceConfig? Bind(Fields fields)
    {
        switch (fields.MapOrText("price", ["free"]))
        {
            case null:
                return null;
            case TextNode { Text: "free" }:
                return PriceConfig.Free;
            case TextNode { Text: null }:
                return null;
            case MapNode map:
                return Whole(fields.Below(map, "a price"));
            case var other:
                fields.Problems.Error(
                    other,
                    "The price is neither 'free' nor { input, output }.",
                    "Write { input: 0.15, output: 0.60 } in USD per 1M tokens."
                );
                return null;
        }
    }

    private static PriceConfig Whole(Fields fields)
    {
        var price = Stepped(fields) with
        {
            Batch = Tier(fields, "batch"),
            Flex = Tier(fields, "flex"),
            Priority = Tier(fields, "priority"),
        };
        fields.Done();
        return price;
    }

    private static PriceConfig? Tier(Fields fields, string key)
    {
        if (!fields.Has(key))
        {
            return null;
        }

        var below = fields.Below(key, $"the {key} price");
        var price = Stepped(below);
        below.Done();
        return price;
    }

    private static PriceConfig Stepped(Fields fields) => Figures(fields) with { Steps = Steps(fields) };

    private static ImmutableArray<PriceConfig> Steps(Fields fields)
    {
        if (fields.Items("steps") is not { } items)
        {
            return [];
        }

        var steps = ImmutableArray.CreateBuilder<PriceConfig>();
        foreach (var item in items)
        {
            var below = fields.Below(item, "a price step");
            steps.Add(Figures(below) with { Above = below.Int("above") });
            below.Done();
        }

        return steps.ToImmutable();
    }

    private static PriceConfig Figures(Fields fields) =>
        new(fields.Money("input"), fields.Money("output"), fields.Money("cache_read"), fields.Money("cache_write"))
        {
            CacheWriteHour = fields.Money("cache_write_hour"),
            Reasoning = fields.Money("reasoning"),
            AudioInput = fields.Money("audio_input"),
            AudioOutput = fields.Money("audio_output"),
            ImageInput = fields.Money("image_input"),
            PerRequest = fields.Money("per_request"),
        };
}
