using Wye.Primitives;

namespace Wye.Catalog.Prices;

/// <summary>One row of a price list.</summary>
/// <param name="Provider">Who serves the model, by Wye's name.</param>
/// <param name="Upstream">What the provider calls the model.</param>
/// <param name="Price">What it costs there.</param>
public sealed record ListedPrice(ProviderId Provider, string Upstream, Price Price);
