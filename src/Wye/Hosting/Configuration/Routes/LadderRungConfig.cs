using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Routes;

/// <summary>A rung as written under <c>routes.NAME.budget_ladder</c>.</summary>
public sealed record LadderRungConfig
{
    /// <summary>In force while less than this fraction of the tightest budget is left, 0..1; required.</summary>
    public double? Below { get; init; }

    /// <summary>The tier that takes the place of every dearer one; null = <see cref="Tiers"/> says which.</summary>
    public string? Tier { get; init; }

    /// <summary>Which tier takes the place of which.</summary>
    public ImmutableDictionary<string, string> Tiers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>low</c> or <c>normal</c>: requests of this priority and lower ones; null = normal.</summary>
    public string? Priority { get; init; }
}
