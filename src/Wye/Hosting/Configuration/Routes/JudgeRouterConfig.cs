using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Routes;

/// <summary>Whom a route asks who shall answer, as written under <c>judge_router</c>.</summary>
public sealed record JudgeRouterConfig
{
    /// <summary>Model or tier asked; null = the cheapest model of the route's first tier.</summary>
    public string? Model { get; init; }

    /// <summary>What it is asked: difficulty, level or complex; null = difficulty.</summary>
    public string? Form { get; init; }

    /// <summary>Tier by label, where it differs.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How long it is waited for; null = 1 s.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most that asking may cost, in USD; null = the request's cap.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Whether its labels are remembered, per key; null = yes.</summary>
    public bool? Remember { get; init; }
}
