namespace Wye.Primitives;

/// <summary>Names of service tiers.</summary>
public static class ServiceTiers
{
    private static readonly string[] Names = ["standard", "batch", "flex", "priority"];

    /// <summary>The tier's name: <c>standard</c>, <c>batch</c>, <c>flex</c>, <c>priority</c>.</summary>
    public static string Name(this ServiceTier tier) => Names[(int)tier];

    /// <summary>The tier of that name; anything else is <see cref="ServiceTier.Standard"/>.</summary>
    public static ServiceTier Parse(string? name) =>
        Array.IndexOf(Names, name) is > 0 and var index ? (ServiceTier)index : ServiceTier.Standard;
}
