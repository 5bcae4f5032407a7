namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>Connections to users' verifiers: no redirects, proxies or cookies, and few at once.</summary>
internal static class WebhookTransport
{
    /// <summary>The only one.</summary>
    public static HttpMessageInvoker Shared { get; } =
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                MaxConnectionsPerServer = 64,
            }
        );
}
