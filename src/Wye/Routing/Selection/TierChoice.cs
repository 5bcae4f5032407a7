using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Routing.Selection;

/// <summary>From a wanted tier to a candidate. For policies, foreign ones too. Thread-safe, allocates nothing.</summary>
public static class TierChoice
{
    /// <summary>The route's tier for a class: by name, else by rank; two tiers have no middle, so medium is the larger.</summary>
    public static Tier Map(ImmutableArray<Tier> tiers, TierClass wanted)
    {
        var name = wanted switch
        {
            TierClass.Small => "small",
            TierClass.Medium => "medium",
            _ => "large",
        };
        foreach (var tier in tiers)
        {
            if (string.Equals(tier.Name.Value, name, StringComparison.OrdinalIgnoreCase))
            {
                return tier;
            }
        }

        return wanted switch
        {
            TierClass.Small => tiers[0],
            TierClass.Medium => tiers[tiers.Length / 2],
            _ => tiers[^1],
        };
    }

    /// <summary>The route's tier of that name; null = it has none.</summary>
    public static Tier? Find(ImmutableArray<Tier> tiers, TierName name)
    {
        foreach (var tier in tiers)
        {
            if (tier.Name == name)
            {
                return tier;
            }
        }

        return null;
    }

    /// <summary>
    /// The cheapest candidate of a tier by expected cost; of equals the first; an unknown price counts as the dearest. When the
    /// tier has none: of the nearest tier above, else below.
    /// </summary>
    public static Candidate Cheapest(ImmutableArray<Candidate> candidates, Tier wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        Candidate? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(candidate.Tier, wanted);
            if (
                best is null
                || distance < bestDistance
                || (distance == bestDistance && CostOf(candidate) < CostOf(best))
            )
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best ?? throw new ArgumentException("There is no candidate.", nameof(candidates));
    }

    private static int Distance(Tier tier, Tier wanted) =>
        tier.Name == wanted.Name ? 0
        : tier.Rank >= wanted.Rank ? 1 + tier.Rank - wanted.Rank
        : 1_000_000 + (wanted.Rank - tier.Rank);

    private static long CostOf(Candidate candidate) => candidate.ExpectedCost?.PicoDollars ?? long.MaxValue;
}
