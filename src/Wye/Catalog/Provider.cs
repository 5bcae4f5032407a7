using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Facts of a provider: where it is and what it is allowed for. Its credential is not here.</summary>
public sealed record Provider
{
    /// <summary>The <see cref="Dialect"/> of a provider whose models run in this process: there is no wire.</summary>
    public const string InProcess = "in-process";

    /// <summary>Its name in the configuration.</summary>
    public required ProviderId Id { get; init; }

    /// <summary>Name of the wire format it speaks, e.g. <c>openai</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Whether its models run in this process.</summary>
    public bool IsInProcess => string.Equals(Dialect, InProcess, StringComparison.Ordinal);

    /// <summary>Base address, e.g. <c>https://api.openai.com/v1/</c>; ends in a slash; meaningless in process.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Where data is processed, e.g. <c>us</c>, <c>eu</c>, <c>local</c>; null = unknown, which meets no region demand.</summary>
    public string? Region { get; init; }

    /// <summary>What it is certified or contracted for, e.g. <c>hipaa</c>, <c>zero-retention</c>.</summary>
    public ImmutableArray<string> Compliance { get; init; } = [];
}
