using System.Collections.Immutable;

namespace Wye.Hosting.Configuration;

/// <summary>One place where a model is served, as written under <c>deployments</c>.</summary>
public sealed record DeploymentConfig
{
    /// <summary>Its name; null = <c>provider/model</c>.</summary>
    public string? Id { get; init; }

    /// <summary>A name under <c>providers</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider calls the model; null = as the table knows it, else the model's name.</summary>
    public string? Upstream { get; init; }

    /// <summary>Share under weighted balancing, &gt; 0; null = 1.</summary>
    public double? Weight { get; init; }

    /// <summary>Rank under priority balancing, lower first; null = 0.</summary>
    public int? Order { get; init; }

    /// <summary>Requests per minute granted; null = not stated.</summary>
    public int? Rpm { get; init; }

    /// <summary>Tokens per minute granted; null = not stated.</summary>
    public int? Tpm { get; init; }

    /// <summary>Most calls at once; null = not bounded.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Price here; null = the table's for this provider, else the model's.</summary>
    public PriceConfig? Price { get; init; }

    /// <summary>Free tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
