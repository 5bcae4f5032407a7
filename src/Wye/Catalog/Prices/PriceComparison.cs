using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog.Prices;

/// <summary>What Wye takes models to cost, beside a price list. Immutable.</summary>
public sealed record PriceComparison
{
    /// <summary>Prices that differ, in the order of the offers.</summary>
    public required ImmutableArray<PriceDifference> Differences { get; init; }

    /// <summary>Offers that the list has too.</summary>
    public required int Compared { get; init; }

    /// <summary>Offers that the list does not have.</summary>
    public required ImmutableArray<PricedOffer> NotListed { get; init; }

    /// <summary>Compares every price that the list states; what it leaves out says nothing.</summary>
    public static PriceComparison Of(IEnumerable<PricedOffer> offers, PriceList list)
    {
        ArgumentNullException.ThrowIfNull(offers);
        ArgumentNullException.ThrowIfNull(list);
        var differences = ImmutableArray.CreateBuilder<PriceDifference>();
        var notListed = ImmutableArray.CreateBuilder<PricedOffer>();
        var compared = 0;
        foreach (var offer in offers)
        {
            if (list.Find(offer.Provider, offer.Upstream) is not { } listed)
            {
                notListed.Add(offer);
                continue;
            }

            compared++;
            var here = offer.Price;
            Compare("input", here?.Input, listed.Input);
            Compare("output", here?.Output, listed.Output);
            // What is billed as input is that price, whether or not it is written out.
            Compare("cache_read", here?.CacheRead ?? here?.Input, listed.CacheRead);
            Compare("cache_write", here?.CacheWrite ?? here?.Input, listed.CacheWrite);

            void Compare(string kind, Usd? ours, Usd? theirs)
            {
                if (theirs is { } price && ours != price)
                {
                    differences.Add(new PriceDifference(offer, kind, ours, price));
                }
            }
        }

        return new PriceComparison
        {
            Differences = differences.ToImmutable(),
            Compared = compared,
            NotListed = notListed.ToImmutable(),
        };
    }
}
