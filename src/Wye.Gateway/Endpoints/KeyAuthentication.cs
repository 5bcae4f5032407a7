using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Wye.Access;
using Wye.Access.Secrets;
using Wye.Chat;
using Wye.Gateway.Http;
using Wye.Gateway.Keys;
using Wye.Gateway.Telemetry;
using Wye.Hosting;
using Wye.Primitives;
using RoutedEndpoint = Microsoft.AspNetCore.Routing.RouteEndpoint;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// The first layer, closed by default: an endpoint without <see cref="RequiredAccess"/> is answered only to an admin key, and
/// that nothing stands at a path only to a valid one. Looks at the endpoint that routing chose, never at the path. Runs before
/// any body is read.
/// </summary>
internal sealed class KeyAuthentication(
    RequestDelegate next,
    KeyRing keys,
    FailedLogins failures,
    AccessMetrics metrics,
    RequestIds ids,
    TimeProvider time,
    CallerDialects dialects
)
{
    /// <summary>A part of the listener's pipeline: a connection remembers the key it presents.</summary>
    public static ConnectionDelegate Remember(ConnectionDelegate next) =>
        connection =>
        {
            connection.Features.Set(new PresentedKey());
            return next(connection);
        };

    public Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var required = endpoint?.Metadata.GetMetadata<RequiredAccess>();
        if (required is { Rights: null })
        {
            return next(http);
        }

        return Authenticate(http, required) is { } refusal ? RefuseAsync(http, refusal)
            : endpoint is null ? RefuseAsync(http, Rejection.UnknownPath(http))
            : required is null ? AnswerUnmarkedAsync(http)
            : next(http);
    }

    private Task RefuseAsync(HttpContext http, ChatError refusal) =>
        Rejection.WriteAsync(http, dialects.Of(http), ids.Next(), refusal).AsTask();

    /// <summary>Routing's own endpoint for a path that another method has.</summary>
    private async Task AnswerUnmarkedAsync(HttpContext http)
    {
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await RefuseAsync(http, WrongMethod(http));
        }
    }

    private ChatError? Authenticate(HttpContext http, RequiredAccess? required)
    {
        // Where routing has no endpoint of ours, for the path or for its method, there is nothing to guard: any key hears so.
        var rights =
            required?.Rights ?? (http.GetEndpoint() is RoutedEndpoint ? AccessRights.Administer : AccessRights.None);
        if (!Credentials.TryRead(http.Request.Headers, out var presented, out var unclear))
        {
            return unclear;
        }

        if (presented.IsEmpty)
        {
            return Unauthorized("No API key. Send Authorization: Bearer KEY with a key of this gateway.");
        }

        // The key is proven in any case: how long an answer takes tells nothing.
        var address = http.Connection.RemoteIpAddress;
        var verdict = keys.Prove(presented, http.Features.Get<PresentedKey>(), out var caller);
        if (failures.IsOver(address, out var left) && !caller.IsKnownFrom(address))
        {
            metrics.Refused("too_many_failures");
            return TooManyFailures(left);
        }

        if (verdict != KeyVerdict.Valid)
        {
            failures.Note(address);
            metrics.Refused(verdict);
            return Unauthorized("The API key is not valid for this gateway.");
        }

        caller.Recognise(address);
        if (!RoleRights.Has(caller.Role, rights))
        {
            metrics.Refused("role");
            return new ChatError(
                FailureKind.BadRequest,
                $"This key's role ({RoleNames.Of(caller.Role)}) may not call this endpoint; {Who(rights)} may."
            )
            {
                Status = StatusCodes.Status403Forbidden,
                Code = "insufficient_role",
            };
        }

        http.Features.Set(new CallerSession(caller, required is { Limited: true }, time));
        return null;
    }

    private static string Who(AccessRights rights) =>
        rights switch
        {
            AccessRights.CallModels => "a data_plane or admin key",
            AccessRights.ReadAdmin => "a viewer or admin key",
            _ => "an admin key",
        };

    private static ChatError Unauthorized(string message) =>
        new(FailureKind.Unauthorized, message) { Code = "invalid_api_key" };

    private static ChatError TooManyFailures(TimeSpan left) =>
        new(FailureKind.RateLimited, "Too many failed logins. Wait a minute, and send a key of this gateway.")
        {
            Code = "too_many_failed_logins",
            RetryAfter = left,
        };

    private static ChatError WrongMethod(HttpContext http) =>
        new(
            FailureKind.BadRequest,
            $"{http.Request.Method} is not allowed on {WyeHeaders.Safe(http.Request.Path.Value ?? "/")}; see the Allow header."
        )
        {
            Status = StatusCodes.Status405MethodNotAllowed,
            Code = "method_not_allowed",
        };
}
