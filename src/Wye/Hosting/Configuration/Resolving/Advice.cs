using System.Globalization;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Models;
using Wye.Hosting.Configuration.Resolving.Scope;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>The known signs of an over-engineered or misordered configuration, as warnings.</summary>
internal static class Advice
{
    private const int ManyTiers = 5;

    public static void Give(ResolveScope scope)
    {
        if (scope.Tiers.Length > ManyTiers)
        {
            scope.Problems.Warn(
                "tiers",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scope.Tiers.Length} tiers are more than routing can tell apart."
                ),
                "Two or three carry nearly all of the saving; merge the others."
            );
        }

        if (scope.Tiers.Length > 0 && scope.Tiers.SelectMany(tier => tier.Models).Distinct().Take(2).Count() == 1)
        {
            scope.Problems.Warn(
                "tiers",
                "One model serves everything, so there is nothing to route.",
                "Add a cheaper or a stronger model, or call this one directly."
            );
        }

        ComparePrices(scope);
    }

    private static void ComparePrices(ResolveScope scope)
    {
        (Tier Tier, Int128 Blend)? last = null;
        foreach (var tier in scope.Tiers)
        {
            if (Preferred(scope, tier) is not { } price)
            {
                continue;
            }

            var blend = PriceResolver.Blend(price);
            var path = $"tiers[{tier.Rank - 1}]";
            if (last is { } lower && blend < lower.Blend)
            {
                scope.Problems.Warn(
                    path,
                    $"The tier {Quotation.Of(tier.Name.Value)} is cheaper than {Quotation.Of(lower.Tier.Name.Value)} before it.",
                    "List tiers cheapest first."
                );
            }
            else if (last is { } equal && blend == equal.Blend)
            {
                scope.Problems.Warn(
                    path,
                    $"The tiers {Quotation.Of(equal.Tier.Name.Value)} and {Quotation.Of(tier.Name.Value)} cost the same.",
                    "Merge them: choosing between them saves nothing."
                );
            }

            last = (tier, blend);
        }
    }

    /// <summary>The price of the model a tier prefers, at its cheapest deployment; null = no price known.</summary>
    private static Price? Preferred(ResolveScope scope, Tier tier) =>
        tier
            .Models.Select(model =>
                scope.DeploymentsOf(model).Select(d => d.Price).OfType<Price>().MinBy(PriceResolver.Blend)
            )
            .FirstOrDefault(price => price is not null);
}
