using Wye.Catalog;
using Wye.Primitives;
using Wye.Sessions;

namespace Wye.Routing.Selection;

/// <summary>What leaving a conversation's model loses: cache reads, at current prices.</summary>
internal static class SwitchCost
{
    /// <summary>Cached tokens × (input price − cache-read price) where the conversation is; zero when nothing is cached or known.</summary>
    public static Usd Of(Candidate held, in SessionMemory known, int promptTokens)
    {
        foreach (var deployment in held.Deployments)
        {
            if (deployment.Id == known.Deployment)
            {
                return Of(deployment.Price, Math.Min(known.CachedTokens, promptTokens));
            }
        }

        // The deployment cannot take the request: its cache is lost anyway.
        return Usd.Zero;
    }

    private static Usd Of(Price? price, int tokens) =>
        price is { CacheRead: { } read } && price.Input > read ? (price.Input - read) * tokens : Usd.Zero;
}
