using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Wye.Load;

/// <summary>Where requests go.</summary>
/// <param name="Url">The whole address; a loopback one.</param>
/// <param name="Key">Bearer key.</param>
/// <param name="Model">Model asked for.</param>
internal sealed record Target(Uri Url, string Key, string Model)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>A transport with a connection per request under way.</summary>
    public HttpMessageInvoker Connect() =>
        Url.IsLoopback
            ? new HttpMessageInvoker(
                new SocketsHttpHandler
                {
                    UseProxy = false,
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.None,
                    ActivityHeadersPropagator = null,
                    MaxConnectionsPerServer = 4096,
                }
            )
            : throw new InvalidOperationException(
                $"'{Url}' is not an address of this machine; load goes nowhere else."
            );

    /// <summary>One request with a body that is not copied.</summary>
    public HttpRequestMessage Request(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        return request;
    }
}
