using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>One callable endpoint of a model.</summary>
public sealed record Deployment
{
    /// <summary>Its name; by default <c>provider/model</c>.</summary>
    public required DeploymentId Id { get; init; }

    /// <summary>The model it serves.</summary>
    public required Model Model { get; init; }

    /// <summary>Who serves it.</summary>
    public required Provider Provider { get; init; }

    /// <summary>What the provider calls the model.</summary>
    public required string UpstreamName { get; init; }

    /// <summary>Price here, when it differs from the model's list price; null = the model's.</summary>
    public Price? OwnPrice { get; init; }

    /// <summary>The price in force: its own, else the model's; null = unknown.</summary>
    public Price? Price => OwnPrice ?? Model.Price;

    /// <summary>Requests per minute the provider grants; null = not stated.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens per minute the provider grants; null = not stated.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Most calls at once; null = not bounded.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Share among deployments of the model under weighted balancing; &gt; 0, default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Rank under priority balancing: lower first; default 0.</summary>
    public int Order { get; init; }

    /// <summary>Free tags that routes and callers may demand.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
