using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>What the built-in table knows of a provider; a configuration overrides each part.</summary>
public sealed record ProviderFacts
{
    /// <summary>Its name, e.g. <c>openai</c>.</summary>
    public required ProviderId Id { get; init; }

    /// <summary>Name of the wire format it is called in.</summary>
    public required string Dialect { get; init; }

    /// <summary>Base address, ends in a slash; null = every customer has an own one.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Environment variables its key is looked for in, in this order; empty = it needs none.</summary>
    public ImmutableArray<string> KeyVariables { get; init; } = [];

    /// <summary>Where data is processed; null = unknown.</summary>
    public string? Region { get; init; }

    /// <summary>What it states to be certified for.</summary>
    public ImmutableArray<string> Compliance { get; init; } = [];

    /// <summary>Capabilities of its models that this address does not pass on in this dialect.</summary>
    public Capabilities Withheld { get; init; }

    /// <summary>Where the facts stand, with the day.</summary>
    public required string Source { get; init; }
}
