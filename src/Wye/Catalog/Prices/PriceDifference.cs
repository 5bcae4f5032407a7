using Wye.Primitives;

namespace Wye.Catalog.Prices;

/// <summary>One price that is not the same here and in a list.</summary>
/// <param name="Offer">What it is the price of.</param>
/// <param name="Kind">Which price: <c>input</c>, <c>output</c>, <c>cache_read</c>, <c>cache_write</c>.</param>
/// <param name="Here">Per token; null = unknown here.</param>
/// <param name="Listed">Per token in the list.</param>
public sealed record PriceDifference(PricedOffer Offer, string Kind, Usd? Here, Usd Listed);
