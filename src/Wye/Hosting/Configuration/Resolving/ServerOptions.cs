using System.Net;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>How the HTTP server listens, bounds and stops. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>Address to listen on; default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port, 0..65535; 0 = any free one; default 4000.</summary>
    public int Port { get; init; } = 4000;

    /// <summary>Most connections of callers at once; one more is closed without an answer; default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Time between not-ready and closing the listener at shutdown; default 5 s.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most time running answers get at shutdown; default 600 s.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Largest request body in bytes; default 32 MiB.</summary>
    public long BodyLimit { get; init; } = 32L * 1024 * 1024;

    /// <summary>Whether answers also carry <c>x-litellm-*</c> headers; default false.</summary>
    public bool LiteLlmHeaders { get; init; }
}
