using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>Answers a call that never became a request: bad key, bad body, unknown path. The provenance headers stand there too.</summary>
internal static class Rejection
{
    private static readonly RouteName NoRoute = new("none");

    public static async ValueTask WriteAsync(HttpContext http, ICallerDialect dialect, RequestId id, ChatError error)
    {
        var head = new DeliveryHead
        {
            Request = id,
            Route = NoRoute,
            Why = "rejected: " + (error.Code ?? error.Kind.ToString()),
        };
        WyeHeaders.Write(http, dialect.Id, head);
        http.Response.Headers[WyeHeaders.Cost] = WyeHeaders.Dollars(Usd.Zero);
        http.Response.Headers[WyeHeaders.Saved] = WyeHeaders.Dollars(Usd.Zero);
        await HttpDeliverySink.WriteErrorAsync(http, dialect, error, attempts: 0);
    }

    /// <summary>404: nothing stands at the path.</summary>
    public static ChatError UnknownPath(HttpContext http) =>
        new(
            FailureKind.BadRequest,
            $"There is no {WyeHeaders.Safe(http.Request.Path.Value ?? "/")} here. See docs/http.md for the endpoints."
        )
        {
            Status = StatusCodes.Status404NotFound,
            Code = "unknown_endpoint",
        };
}
