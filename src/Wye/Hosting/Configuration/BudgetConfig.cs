using System.Collections.Immutable;

namespace Wye.Hosting.Configuration;

/// <summary>One entry of <c>budgets</c> as written.</summary>
public sealed record BudgetConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose spending: <c>global</c>, <c>key</c>, <c>tag</c>, <c>user</c>, <c>route</c>, <c>model</c>, <c>provider</c>, <c>run</c>; null = global.</summary>
    public string? Scope { get; init; }

    /// <summary>The ones it is for; empty = each one of the scope.</summary>
    public ImmutableArray<string> Of { get; init; } = [];

    /// <summary>Most per window, in USD; must be there.</summary>
    public decimal? Limit { get; init; }

    /// <summary><c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c> or <c>total</c>; null = month.</summary>
    public string? Window { get; init; }

    /// <summary>Zone in which windows begin, e.g. <c>Europe/Berlin</c>; null = <c>server.time_zone</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>hard</c> (refuse) or <c>soft</c> (mark); null = hard.</summary>
    public string? Mode { get; init; }
}
