using Microsoft.AspNetCore.Http;
using Wye.Access.Limits;
using Wye.Gateway.Http;
using Wye.Gateway.Telemetry;
using Wye.Hosting;
using Wye.Hosting.Callers;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// The second layer: lets a request in by the limits of its key, before any body is read, on every endpoint that asks for it.
/// Its place is given back however the request ends.
/// </summary>
internal sealed class KeyAdmission(RequestDelegate next, AccessMetrics metrics, RequestIds ids, CallerDialects dialects)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<CallerSession>() is not { IsLimited: true } session)
        {
            await next(http);
            return;
        }

        if (!KeyLease.TryEnter(session.Caller, out var lease, out var refusal))
        {
            metrics.Limited(refusal.Kind);
            var error = LimitErrors.Of(session.Caller.Key!, refusal);
            await Rejection.WriteAsync(http, dialects.Of(http), ids.Next(), error);
            return;
        }

        using (lease)
        {
            session.Lease = lease;
            await next(http);
        }
    }
}
