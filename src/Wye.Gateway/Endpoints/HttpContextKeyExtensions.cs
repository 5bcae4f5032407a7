using Microsoft.AspNetCore.Http;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>Who is calling, after <see cref="KeyAuthentication"/>.</summary>
internal static class HttpContextKeyExtensions
{
    public static KeyId Key(this HttpContext http) => KeyAuthentication.KeyOf(http);
}
