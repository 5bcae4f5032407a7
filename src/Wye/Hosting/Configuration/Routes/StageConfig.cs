namespace Wye.Hosting.Configuration.Routes;

/// <summary>A stage of a cascade as written under <c>stages</c>.</summary>
public sealed record StageConfig
{
    /// <summary>Tier or model.</summary>
    public required string Use { get; init; }

    /// <summary>Its gate; null = the route's.</summary>
    public string? Gate { get; init; }

    /// <summary>Least score that passes, 0..1; null = the route's, else the gate's own decision.</summary>
    public double? Threshold { get; init; }

    /// <summary>Most that one call of it may cost, in USD; null = the request's cap.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Longest that one call of it may take; null = the route's.</summary>
    public TimeSpan? MaxTime { get; init; }
}
