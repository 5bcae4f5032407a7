using Wye.Primitives;

namespace Wye.Catalog.Prices;

/// <summary>What Wye takes a model to cost at a provider.</summary>
/// <param name="Model">The model.</param>
/// <param name="Provider">Who serves it.</param>
/// <param name="Upstream">What the provider calls it.</param>
/// <param name="Price">The price in force; null = unknown.</param>
public sealed record PricedOffer(ModelId Model, ProviderId Provider, string Upstream, Price? Price)
{
    /// <summary>Every offer of the built-in table.</summary>
    public static IEnumerable<PricedOffer> BuiltIn() =>
        BuiltInCatalog.Offers.Select(offer => new PricedOffer(
            offer.Model,
            offer.Provider,
            offer.UpstreamName,
            offer.OwnPrice ?? BuiltInCatalog.FindModel(offer.Model.Value)?.Price
        ));

    /// <summary>Every deployment of a configuration.</summary>
    public static IEnumerable<PricedOffer> Of(CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return catalog.Deployments.Select(deployment => new PricedOffer(
            deployment.Model.Id,
            deployment.Provider.Id,
            deployment.UpstreamName,
            deployment.Price
        ));
    }
}
