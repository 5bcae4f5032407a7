using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Wye.Access;
using Wye.Chat;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// The outermost layer, closed by default: an endpoint without <see cref="RequiredAccess"/> and an unknown path are
/// answered only to a valid key. Runs before any body is read.
/// </summary>
internal sealed class KeyAuthentication(
    RequestDelegate next,
    KeyRing keys,
    RequestIds ids,
    ICallerDialect fallbackDialect
)
{
    private const string KeyItem = "wye.key";

    public static KeyId KeyOf(HttpContext http) => ((AuthenticatedKey)http.Items[KeyItem]!).Id;

    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var required = endpoint?.Metadata.GetMetadata<RequiredAccess>();
        if (required is { Role: null })
        {
            await next(http);
            return;
        }

        var dialect = required?.Dialect ?? fallbackDialect;
        if (Authenticate(http, required?.Role ?? AccessRole.Admin) is { } refusal)
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), refusal);
            return;
        }

        if (endpoint is null)
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), UnknownPath(http));
            return;
        }

        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), WrongMethod(http));
        }
    }

    private ChatError? Authenticate(HttpContext http, AccessRole role)
    {
        var authorization = http.Request.Headers.Authorization;
        var apiKey = http.Request.Headers["x-api-key"];
        if (authorization.Count > 1 || apiKey.Count > 1 || Differ(authorization, apiKey))
        {
            return new ChatError(
                FailureKind.BadRequest,
                "The request carries two different credentials. Send one: Authorization: Bearer KEY, or x-api-key: KEY."
            )
            {
                Code = "ambiguous_credentials",
            };
        }

        var presented = Bearer(authorization) ?? (apiKey.Count == 1 ? apiKey[0] : null);
        if (string.IsNullOrEmpty(presented))
        {
            return Unauthorized("No API key. Send Authorization: Bearer KEY with a key of this gateway.");
        }

        if (!keys.TryAuthenticate(presented, out var key))
        {
            return Unauthorized(
                "The API key is not valid for this gateway. The first admin key was shown at first start."
            );
        }

        if (key.Role < role)
        {
            return new ChatError(FailureKind.BadRequest, "This key may not call this endpoint; an admin key may.")
            {
                Status = StatusCodes.Status403Forbidden,
                Code = "insufficient_role",
            };
        }

        http.Items[KeyItem] = key;
        return null;
    }

    private static bool Differ(StringValues authorization, StringValues apiKey) =>
        authorization.Count == 1
        && apiKey.Count == 1
        && !string.Equals(Bearer(authorization), apiKey[0], StringComparison.Ordinal);

    private static string? Bearer(StringValues authorization) =>
        authorization.Count == 1
        && authorization[0] is { } value
        && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value[7..].Trim()
            : null;

    private static ChatError Unauthorized(string message) =>
        new(FailureKind.Unauthorized, message) { Code = "invalid_api_key" };

    private static ChatError UnknownPath(HttpContext http) =>
        new(
            FailureKind.BadRequest,
            $"There is no {WyeHeaders.Safe(http.Request.Path.Value ?? "/")} here. See docs/http.md for the endpoints."
        )
        {
            Status = StatusCodes.Status404NotFound,
            Code = "unknown_endpoint",
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
