namespace Wye.Hosting.Configuration;

/// <summary>The HTTP server as written under <c>server</c>.</summary>
public sealed record ServerConfig
{
    /// <summary>Address to listen on; null = 127.0.0.1.</summary>
    public string? Address { get; init; }

    /// <summary>Port; null = 4000; 0 = any free one.</summary>
    public int? Port { get; init; }

    /// <summary>Most connections of callers at once, 1..1,000,000; null = 10,000.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Time between not-ready and closing the listener; null = 5 s.</summary>
    public TimeSpan? DrainDelay { get; init; }

    /// <summary>Most time running answers get at shutdown; null = 600 s.</summary>
    public TimeSpan? DrainLimit { get; init; }

    /// <summary>Largest request body in bytes; null = 32 MiB.</summary>
    public long? BodyLimit { get; init; }

    /// <summary>Whether answers also carry <c>x-litellm-*</c> headers; null = no.</summary>
    public bool? LitellmHeaders { get; init; }

    /// <summary>IANA time zone in which rules read the time of day; null = UTC.</summary>
    public string? TimeZone { get; init; }
}
