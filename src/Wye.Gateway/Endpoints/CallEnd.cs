using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wye.Gateway.Http;
using Wye.Gateway.Telemetry;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// Around all layers: what is due however a call ends. Its place among the requests of its key is given back, and what was thrown
/// and nobody meant is logged; a stream that was cut on purpose and callers who left are no faults.
/// </summary>
/// <remarks>The layers within only let a call pass or answer it, so that each call waits in one layer, not in each.</remarks>
internal sealed class CallEnd(RequestDelegate next, ILogger<CallEnd> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault) when (fault is not StreamCutException && !http.RequestAborted.IsCancellationRequested)
        {
            // The type only: messages may quote what the caller sent.
            logger.EndpointThrew(http.Request.Method, http.GetEndpoint()?.DisplayName ?? "none", fault.GetType().Name);
            throw;
        }
        finally
        {
            http.Features.Get<CallerSession>()?.Lease?.Dispose();
        }
    }
}
