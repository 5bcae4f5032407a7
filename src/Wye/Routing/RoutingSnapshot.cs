using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Routes;

namespace Wye.Routing;

/// <summary>All that decides, at one moment: facts, routes, aliases. A request sees one; a reload swaps it whole.</summary>
public sealed record RoutingSnapshot
{
    /// <summary>Counts reloads, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The facts.</summary>
    public required CatalogSnapshot Catalog { get; init; }

    /// <summary>Routes by name.</summary>
    public required FrozenDictionary<RouteName, RouteModel> Routes { get; init; }

    /// <summary>Aliases: name → model or route name.</summary>
    public required FrozenDictionary<string, string> Aliases { get; init; }

    /// <summary>Applies to explicit model choices: balancing, fallbacks within the model's tier, bounds.</summary>
    public required RouteModel Explicit { get; init; }

    /// <summary>The learned router; null = there is none.</summary>
    internal LearnedRouting? Learned { get; init; }

    /// <summary>Zone in which rules read the time of day; default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
