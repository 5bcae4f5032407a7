using System.Collections.Immutable;

namespace Wye.Hosting.Configuration;

/// <summary>A quality class as written under <c>tiers</c>.</summary>
public sealed record TierConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its models or aliases of them, preferred first.</summary>
    public ImmutableArray<string> Models { get; init; } = [];
}
