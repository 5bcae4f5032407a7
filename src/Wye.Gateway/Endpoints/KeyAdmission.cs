using Microsoft.AspNetCore.Http;
using Wye.Access.Limits;
using Wye.Gateway.Http;
using Wye.Gateway.Telemetry;
using Wye.Hosting;
using Wye.Hosting.Callers;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// The second layer: lets a request in by the limits of its key, before any body is read, on every endpoint that asks for it.
/// Its place is given back however the request ends. Every answer says what is left.
/// </summary>
internal sealed class KeyAdmission(
    RequestDelegate next,
    AccessMetrics metrics,
    RequestIds ids,
    TimeProvider time,
    CallerDialects dialects
)
{
    // One for all requests: what it needs it finds by the request.
    private readonly Func<object, Task> _tellLimits = request =>
    {
        var http = (HttpContext)request;
        LimitHeaders.Write(http.Response.Headers, http.Session().Lease!.Status(), dialects.Of(http).Id, time);
        return Task.CompletedTask;
    };

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>() is not { Limited: true })
        {
            await next(http);
            return;
        }

        var session = http.Session();
        if (!KeyLease.TryEnter(session.Caller, out var lease, out var refusal))
        {
            metrics.Limited(refusal.Kind);
            var dialect = dialects.Of(http);
            LimitHeaders.Write(http.Response.Headers, LimitHeaders.StatusOf(session.Caller), dialect.Id, time);
            await Rejection.WriteAsync(http, dialect, ids.Next(), LimitErrors.Of(session.Caller.Key!, refusal));
            return;
        }

        using (lease)
        {
            session.Lease = lease;
            if (lease!.Rules is { RequestsPerMinute: not null } or { TokensPerMinute: not null })
            {
                http.Response.OnStarting(_tellLimits, http);
            }

            await next(http);
        }
    }
}
