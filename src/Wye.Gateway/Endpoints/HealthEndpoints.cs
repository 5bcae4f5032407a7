using Microsoft.AspNetCore.Http;
using Wye.Ledger.Writing;

namespace Wye.Gateway.Endpoints;

/// <summary>Liveness: the process answers. Readiness: it should get traffic (not draining, ledger writable).</summary>
internal sealed class HealthEndpoints(GatewayDrain drain, LedgerWriter ledger)
{
    public Task LiveAsync(HttpContext http) => http.Response.WriteAsync("ok\n");

    public Task ReadyAsync(HttpContext http)
    {
        var reason =
            drain.IsDraining ? "draining"
            : !ledger.IsHealthy ? "ledger not writable"
            : null;
        http.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync((reason ?? "ready") + "\n");
    }
}
