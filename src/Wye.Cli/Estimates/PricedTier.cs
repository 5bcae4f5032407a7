using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Cli.Estimates;

/// <summary>A tier with its models whose price is known, cheapest tier first.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Models">Its models with a price; at least one.</param>
internal sealed record PricedTier(string Name, ImmutableArray<Model> Models)
{
    /// <summary>The cheapest model for a call, and what the call costs there.</summary>
    public (Model Model, Usd Cost) Cheapest(in Usage usage)
    {
        var (best, least) = (Models[0], Models[0].Price!.CostOf(usage));
        foreach (var model in Models)
        {
            var cost = model.Price!.CostOf(usage);
            if (cost < least)
            {
                (best, least) = (model, cost);
            }
        }

        return (best, least);
    }
}
