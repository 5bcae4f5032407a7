using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Another price for another service tier.</summary>
/// <param name="Tier">The tier the provider says it served.</param>
/// <param name="Price">The price there, with its own steps.</param>
public sealed record ServicePrice(ServiceTier Tier, Price Price);
