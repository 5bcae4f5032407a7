using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wye.Gateway.Http;

namespace Wye.Gateway.Telemetry;

/// <summary>Logs what an endpoint threw and nobody meant; a stream that was cut on purpose and callers who left are no faults.</summary>
internal sealed class EndpointFaults(RequestDelegate next, ILogger<EndpointFaults> logger)
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
    }
}
