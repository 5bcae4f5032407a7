using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Hosting.Configuration;

/// <summary>A provider as written under <c>providers</c>.</summary>
public sealed record ProviderConfig
{
    /// <summary>Its name; a name of the built-in table brings that table's facts.</summary>
    public required string Name { get; init; }

    /// <summary>Wire format; null = the table's, else <c>openai</c>.</summary>
    public string? Dialect { get; init; }

    /// <summary>Credential; null = none is sent.</summary>
    public Secret? Key { get; init; }

    /// <summary>Whether the credential stands in the file itself instead of being referred to.</summary>
    public bool KeyIsLiteral { get; init; }

    /// <summary>Base address; null = the table's.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Where data is processed; null = the table's.</summary>
    public string? Region { get; init; }

    /// <summary>What it is certified or contracted for; null = the table's.</summary>
    public ImmutableArray<string>? Compliance { get; init; }

    /// <summary>Headers sent with every call.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Time to connect; null = 3 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }
}
