using System.Globalization;
using System.Text;
using Wye.Catalog;
using Wye.Catalog.Prices;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Defaults;

/// <summary>Writes the prices of a list that differ as a <c>models</c> section for <c>wye.yaml</c>. Stateless.</summary>
public static class PriceOverrides
{
    /// <summary>The section; null = nothing differs.</summary>
    /// <param name="offers">What is in force.</param>
    /// <param name="list">What shall be.</param>
    /// <param name="source">Name of the list, for the comment.</param>
    public static string? Write(IEnumerable<PricedOffer> offers, PriceList list, string source)
    {
        ArgumentNullException.ThrowIfNull(offers);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(source);
        var yaml = new StringBuilder();
        foreach (var model in offers.GroupBy(offer => offer.Model))
        {
            var rows = model.Select(offer => (offer, Price: Merged(offer, list))).ToList();
            if (rows.Exists(row => row.Price != row.offer.Price))
            {
                Append(yaml, model.Key, rows);
            }
        }

        return yaml.Length == 0
            ? null
            : $"# Prices from {source.ReplaceLineEndings(" ")}, USD per 1M tokens. Put them under models in wye.yaml.\nmodels:\n{yaml}";
    }

    /// <summary>The listed price; what a list leaves out (cache, long prompts, tiers, sound) stays as it is.</summary>
    private static Price? Merged(PricedOffer offer, PriceList list)
    {
        if (list.Find(offer.Provider, offer.Upstream) is not { } listed)
        {
            return offer.Price;
        }

        var merged = (offer.Price ?? listed) with
        {
            Input = listed.Input,
            Output = listed.Output,
            CacheRead = listed.CacheRead ?? offer.Price?.CacheRead,
            CacheWrite = listed.CacheWrite ?? offer.Price?.CacheWrite,
        };
        return PriceComparison.Of([offer], list).Differences.IsEmpty ? offer.Price : merged;
    }

    private static void Append(StringBuilder yaml, ModelId model, List<(PricedOffer Offer, Price? Price)> rows)
    {
        // One price for all of them overrides every provider's own, so it is only written where all agree.
        yaml.Append(CultureInfo.InvariantCulture, $"  {YamlText.Of(model.Value)}:\n");
        if (rows.TrueForAll(row => row.Price == rows[0].Price))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    price: {Written(rows[0].Price!)}\n");
            return;
        }

        yaml.Append("    deployments:\n");
        foreach (var (offer, price) in rows)
        {
            var written = price is null ? "" : $", price: {Written(price)}";
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"      - {{ provider: {YamlText.Of(offer.Provider.Value)}, upstream: {YamlText.Of(offer.Upstream)}{written} }}\n"
            );
        }
    }

    /// <summary>A price as <c>wye.yaml</c> takes it, with every figure, so that reading it gives the same.</summary>
    internal static string Written(Price price) =>
        price == Price.Free ? "free" : $"{{ {Figures(price)}{Others(price)} }}";

    private static string Figures(Price price)
    {
        var fee = price.PerRequest == Usd.Zero ? "" : $", per_request: {Dollars(price.PerRequest)}";
        return $"input: {PerMillion(price.Input)}, output: {PerMillion(price.Output)}"
            + Optional("cache_read", price.CacheRead)
            + Optional("cache_write", price.CacheWrite)
            + Optional("cache_write_hour", price.CacheWriteHour)
            + Optional("reasoning", price.Reasoning)
            + Optional("audio_input", price.AudioInput)
            + Optional("audio_output", price.AudioOutput)
            + Optional("image_input", price.ImageInput)
            + fee;
    }

    private static string Others(Price price)
    {
        var text = new StringBuilder();
        if (!price.Steps.IsEmpty)
        {
            var steps = price.Steps.Select(step =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{ above: {step.AbovePromptTokens}, {Figures(step.Price)} }}"
                )
            );
            text.Append(", steps: [").AppendJoin(", ", steps).Append(']');
        }

        foreach (var tier in price.Tiers)
        {
            text.Append(", ").Append(tier.Tier.Name()).Append(": { ").Append(Figures(tier.Price));
            text.Append(Others(tier.Price)).Append(" }");
        }

        return text.ToString();
    }

    private static string Optional(string key, Usd? price) => price is { } usd ? $", {key}: {PerMillion(usd)}" : "";

    private static string PerMillion(Usd perToken) => Dollars(perToken * 1_000_000);

    private static string Dollars(Usd amount) =>
        amount.ToDollars().ToString("0.############", CultureInfo.InvariantCulture);
}
