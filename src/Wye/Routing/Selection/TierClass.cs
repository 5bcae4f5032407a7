namespace Wye.Routing.Selection;

/// <summary>How strong a model a step wants, before a route's own tiers are looked at.</summary>
public enum TierClass
{
    /// <summary>The cheapest tier.</summary>
    Small,

    /// <summary>The middle one; where a route has two tiers, the larger.</summary>
    Medium,

    /// <summary>The strongest one.</summary>
    Large,
}
