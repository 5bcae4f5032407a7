using Microsoft.AspNetCore.Http;
using Wye.Hosting.Callers;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>Who is calling, once the key is proven.</summary>
internal static class HttpContextKeyExtensions
{
    public static KeyId Key(this HttpContext http) => Session(http).Caller.Id;

    /// <summary>The key with its rules and its place among the key's requests.</summary>
    public static CallerAccess Access(this HttpContext http) => Session(http).Access;

    public static CallerSession Session(this HttpContext http) =>
        http.Features.Get<CallerSession>()
        ?? throw new InvalidOperationException("The endpoint is open: it has no caller.");
}
