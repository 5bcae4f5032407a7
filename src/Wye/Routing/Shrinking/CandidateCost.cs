using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Routing.Shrinking;

/// <summary>Expected cost of a request: prompt tokens × input price + expected output tokens × output price.</summary>
internal static class CandidateCost
{
    /// <summary>At the dearest of the deployments, since balancing may take any; null = a price is unknown.</summary>
    public static Usd? Of(ImmutableArray<Deployment> deployments, in Demand demand)
    {
        var highest = Usd.Zero;
        foreach (var deployment in deployments)
        {
            if (Of(deployment, demand) is not { } cost)
            {
                return null;
            }

            highest = cost > highest ? cost : highest;
        }

        return highest;
    }

    /// <summary>At one deployment; null = its price is unknown.</summary>
    public static Usd? Of(Deployment deployment, in Demand demand) =>
        deployment.Price is { } price
            ? (price.Input * demand.PromptTokens) + (price.Output * demand.OutputTokens)
            : null;
}
