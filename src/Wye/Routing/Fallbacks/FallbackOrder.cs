using System.Collections.Immutable;
using Wye.Primitives;
using Wye.Routing.Routes;

namespace Wye.Routing.Fallbacks;

/// <summary>Who answers when the first model fails.</summary>
internal static class FallbackOrder
{
    /// <summary>The first candidate and its fallbacks.</summary>
    public static List<Candidate> From(ImmutableArray<Candidate> all, int first, RouteModel route)
    {
        var (chosen, configured) = (all[first], route.Fallbacks);
        List<Candidate> order = [chosen];
        if (!configured.IsEmpty)
        {
            foreach (var id in configured)
            {
                if (Find(all, id) is { } candidate && !order.Contains(candidate))
                {
                    order.Add(candidate);
                }
            }
        }
        else
        {
            List<Candidate> others = [.. all.Where(candidate => IsOther(candidate, chosen, route))];
            order.AddRange(
                others
                    .OrderBy(candidate => Distance(candidate.Tier.Rank, chosen.Tier.Rank))
                    .ThenBy(candidate => candidate.ExpectedCost?.PicoDollars ?? long.MaxValue)
            );
        }

        return order;
    }

    private static bool IsOther(Candidate candidate, Candidate chosen, RouteModel route) =>
        !ReferenceEquals(candidate, chosen) && SpecialFallbacks.IsGeneral(route, candidate.Model.Id);

    /// <summary>The smaller of two caps; null = no cap.</summary>
    public static Usd? Least(Usd? one, Usd? other) => one is { } a && other is { } b ? (a < b ? a : b) : one ?? other;

    // The tier itself, then those above from the nearest, then those below from the nearest.
    private static int Distance(int rank, int from) => rank >= from ? rank - from : 1_000_000 + (from - rank);

    private static Candidate? Find(ImmutableArray<Candidate> all, ModelId id)
    {
        foreach (var candidate in all)
        {
            if (candidate.Model.Id == id)
            {
                return candidate;
            }
        }

        return null;
    }
}
