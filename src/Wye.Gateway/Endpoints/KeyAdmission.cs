using Microsoft.AspNetCore.Http;
using Wye.Access.Limits;
using Wye.Gateway.Http;
using Wye.Gateway.Telemetry;
using Wye.Hosting;
using Wye.Hosting.Callers;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// The second layer: lets a request in by the limits of its key, before any body is read, on every endpoint that asks for it.
/// <see cref="CallEnd"/> gives its place back.
/// </summary>
internal sealed class KeyAdmission(RequestDelegate next, AccessMetrics metrics, RequestIds ids, CallerDialects dialects)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<CallerSession>() is not { IsLimited: true } session)
        {
            return next(http);
        }

        if (KeyLease.TryEnter(session.Caller, out var lease, out var refusal))
        {
            session.Lease = lease;
            return next(http);
        }

        metrics.Limited(refusal.Kind);
        var error = LimitErrors.Of(session.Caller.Key!, refusal);
        return Rejection.WriteAsync(http, dialects.Of(http), ids.Next(), error).AsTask();
    }
}
