using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Providers;

/// <summary>A provider as it is called: its facts, its credential and its habits.</summary>
public sealed record ProviderEndpoint
{
    /// <summary>Its facts.</summary>
    public required Provider Provider { get; init; }

    /// <summary>Its API key; null = none is sent (a local server).</summary>
    public Secret? Key { get; init; }

    /// <summary>Headers sent with every call, besides authentication.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Time to connect, DNS and TLS included; default 3 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
