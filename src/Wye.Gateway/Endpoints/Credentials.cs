using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>Reads the key of a request: <c>Authorization: Bearer KEY</c> or <c>x-api-key: KEY</c>; both only if they are the same.</summary>
internal static class Credentials
{
    private const string Scheme = "Bearer ";

    /// <summary>False = it carries two different ones. Empty = it carries none.</summary>
    public static bool TryRead(IHeaderDictionary headers, out ReadOnlySpan<char> presented, out ChatError? error)
    {
        var authorization = headers.Authorization;
        var apiKey = headers["x-api-key"];
        presented = default;
        error = null;
        if (authorization.Count > 1 || apiKey.Count > 1 || Differ(authorization, apiKey))
        {
            error = new ChatError(
                FailureKind.BadRequest,
                "The request carries two different credentials. Send one: Authorization: Bearer KEY, or x-api-key: KEY."
            )
            {
                Code = "ambiguous_credentials",
            };
            return false;
        }

        presented = Bearer(authorization);
        if (presented.IsEmpty && apiKey.Count == 1)
        {
            presented = apiKey[0];
        }

        return true;
    }

    private static bool Differ(StringValues authorization, StringValues apiKey) =>
        authorization.Count == 1 && apiKey.Count == 1 && !Bearer(authorization).SequenceEqual(apiKey[0]);

    private static ReadOnlySpan<char> Bearer(StringValues authorization) =>
        authorization.Count == 1
        && authorization[0] is { } value
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.AsSpan(Scheme.Length).Trim()
            : default;
}
