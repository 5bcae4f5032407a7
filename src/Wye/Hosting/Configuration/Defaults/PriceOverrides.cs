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

    /// <summary>The listed price; a cache price that the list leaves out stays as it is.</summary>
    private static Price? Merged(PricedOffer offer, PriceList list)
    {
        if (list.Find(offer.Provider, offer.Upstream) is not { } listed)
        {
            return offer.Price;
        }

        var merged = listed with
        {
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

    internal static string Written(Price price) =>
        price == Price.Free
            ? "free"
            : $"{{ input: {PerMillion(price.Input)}, output: {PerMillion(price.Output)}{Optional("cache_read", price.CacheRead)}{Optional("cache_write", price.CacheWrite)} }}";

    private static string Optional(string key, Usd? price) => price is { } usd ? $", {key}: {PerMillion(usd)}" : "";

    private static string PerMillion(Usd perToken) =>
        (perToken * 1_000_000).ToDollars().ToString("0.######", CultureInfo.InvariantCulture);
}
