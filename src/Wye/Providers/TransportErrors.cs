using System.Net.Http;
using System.Security.Authentication;
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
                HttpRequestException { InnerException: HttpProtocolException reset } => OfReset(reset.ErrorCode),
                HttpRequestException http => OfRequest(http.HttpRequestError, http.InnerException),
                HttpProtocolException reset => OfReset(reset.ErrorCode),
                HttpIOException io => OfRequest(io.HttpRequestError, inner: null),
                IOException => Lost(),

                // Not the caller's token, so it is the transport's own: the time to connect.
                OperationCanceledException => Failed("The provider could not be reached in time."),
                _ => null,
            };

    private static ChatError OfRequest(HttpRequestError error, Exception? inner) =>
        error switch
        {
            HttpRequestError.NameResolutionError => Failed("The provider's name could not be resolved."),
            HttpRequestError.SecureConnectionError => Failed(
                $"No secure connection to the provider could be made{FaultOfCertificate(inner)}."
            ),
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => Failed(
                "The provider refused the connection or could not be reached."
            ),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => Broken(),
            HttpRequestError.ConfigurationLimitExceeded => new ChatError(
                FailureKind.ResponseTooLarge,
                "The provider's response headers are too large."
            ),
            _ => Lost(),
        };

    /// <summary>Why HTTP/2 ended a call or its connection: the codes of RFC 9113, section 7.</summary>
    private static ChatError OfReset(long code) =>
        code switch
        {
            // Flow control, settings, closed streams, frame sizes, compression: one side does not keep to the protocol.
            1 or 3 or 4 or 5 or 6 or 9 or 12 or 13 => Broken(),

            // Promised to come before any work on the call.
            7 => Failed("The provider refused the connection or could not be reached."),
            _ => Lost(),
        };

    // The flags are all that the runtime says, and it says them within a sentence. Of a name that is wrong it says nothing else.
    private static string FaultOfCertificate(Exception? fault) =>
        fault is not AuthenticationException { Message: var said } ? ""
        : said.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal)
            ? ": its certificate is for another name"
        : said.Contains("NotTimeValid", StringComparison.Ordinal) ? ": its certificate has expired, or is not valid yet"
        : said.Contains("Revoked", StringComparison.Ordinal) ? ": its certificate was revoked"
        : said.Contains("UntrustedRoot", StringComparison.Ordinal)
        || said.Contains("PartialChain", StringComparison.Ordinal)
            ? ": no authority that this machine trusts has signed its certificate"
        : "";

    private static ChatError Broken() => new(FailureKind.BadResponse, "The provider broke the HTTP protocol.");

    private static ChatError Failed(string message) => new(FailureKind.ConnectFailed, message);

    private static ChatError Lost() =>
        new(FailureKind.ConnectionLost, "The connection to the provider broke before the answer was whole.");
}
