using System.Diagnostics;
using System.Net.Http;

namespace Wye.Hosting.Telemetry;

/// <summary>Adds the current trace to calls of providers (W3C Trace Context). Only where it is switched on.</summary>
internal sealed class TraceHeaders(HttpMessageInvoker transport) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            request.Headers.TryAddWithoutValidation("traceparent", span.Id);
            if (!string.IsNullOrEmpty(span.TraceStateString))
            {
                request.Headers.TryAddWithoutValidation("tracestate", span.TraceStateString);
            }
        }

        return transport.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            transport.Dispose();
        }

        base.Dispose(disposing);
    }
}
