using System.Net;
using System.Net.Http;
using Wye.Providers.Sockets;

namespace Wye.Providers;

/// <summary>Makes the HTTP transport to providers: pooled, and with nothing in it that a provider or a caller could steer.</summary>
internal static class ProviderTransport
{
    /// <summary>Age at which a connection is replaced, so that a changed address is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Connections to one host, HTTP/1.1; more calls wait.</summary>
    public const int ConnectionsPerServer = 1024;

    /// <summary>A transport with its own connections. Thread-safe; dispose it to close them.</summary>
    public static HttpMessageInvoker Create(TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = ConnectionLifetime,
            MaxConnectionsPerServer = ConnectionsPerServer,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),

            // A key goes to the configured address and nowhere else.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectCallback = DeferringStream.ConnectAsync,

            // Enough to take the end of a whole answer and keep the connection; an aborted one closes at once.
            MaxResponseDrainSize = 4 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(50),
        };
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
