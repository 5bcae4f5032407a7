using System.Net.Http;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Providers;

/// <summary>Turns what the transport throws into failures.</summary>
internal static class TransportErrors
{
    /// <summary>The failure behind an exception; null = it is none of the transport's, or the token was cancelled.</summary>
    public static ChatError? Of(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? null
            : exception switch
            {
                HttpRequestException http => OfRequest(http.HttpRequestError),
                HttpIOException io => OfRequest(io.HttpRequestError),
                IOException => Lost(),

                // Not the caller's token, so it is the transport's own: the time to connect.
                OperationCanceledException => Failed("The provider could not be reached in time."),
                _ => null,
            };

    private static ChatError OfRequest(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => Failed("The provider's name could not be resolved."),
            HttpRequestError.SecureConnectionError => Failed("No secure connection to the provider could be made."),
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => Failed(
                "The provider refused the connection or could not be reached."
            ),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => new ChatError(
                FailureKind.BadResponse,
                "The provider broke the HTTP protocol."
            ),
            HttpRequestError.ConfigurationLimitExceeded => new ChatError(
                FailureKind.ResponseTooLarge,
                "The provider's response headers are too large."
            ),
            _ => Lost(),
        };

    private static ChatError Failed(string message) => new(FailureKind.ConnectFailed, message);

    private static ChatError Lost() =>
        new(FailureKind.ConnectionLost, "The connection to the provider broke before the answer was whole.");
}
