using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Routing.Ladders;

/// <summary>From which fraction of the budget on which tiers are replaced by cheaper ones. Immutable.</summary>
/// <param name="Below">In force while less than this fraction is left, 0..1.</param>
public sealed record BudgetRung(double Below)
{
    /// <summary>Requests it is for: those of this priority and lower ones; default normal. Critical ones are never degraded.</summary>
    public CallerPriority Priority { get; init; } = CallerPriority.Normal;

    /// <summary>Whether every tier is replaced, not only those between the lowest and the highest; default false.</summary>
    public bool Everything { get; init; }

    /// <summary>The tier that replaces; null = the route's lowest.</summary>
    public TierName? Target { get; init; }

    /// <summary>Which tier replaces which, instead of the two above; empty = they hold.</summary>
    public ImmutableDictionary<TierName, TierName> Tiers { get; init; } = ImmutableDictionary<TierName, TierName>.Empty;

    /// <summary>The cheaper tier that takes the place of one; null = it stays.</summary>
    /// <param name="tier">A tier of the route.</param>
    /// <param name="route">The route's tiers, cheapest first.</param>
    public Tier? Replacing(Tier tier, ImmutableArray<Tier> route)
    {
        ArgumentNullException.ThrowIfNull(tier);
        Tier? target;
        if (!Tiers.IsEmpty)
        {
            target = Tiers.TryGetValue(tier.Name, out var named) ? Find(route, named) : null;
        }
        else if (Everything || (tier.Rank > route[0].Rank && tier.Rank < route[^1].Rank))
        {
            target = Target is { } name ? Find(route, name) : route[0];
        }
        else
        {
            target = null;
        }

        // A ladder only leads down.
        return target is not null && target.Rank < tier.Rank ? target : null;
    }

    private static Tier? Find(ImmutableArray<Tier> route, TierName name)
    {
        foreach (var tier in route)
        {
            if (tier.Name == name)
            {
                return tier;
            }
        }

        return null;
    }
}
