using Microsoft.AspNetCore.Http;

namespace Wye.Simulator.Wire;

/// <summary>The caller's name for a call: the most exact one it sent.</summary>
internal static class RequestIds
{
    public static string? Of(HttpContext http)
    {
        var headers = http.Request.Headers;
        foreach (var name in (ReadOnlySpan<string>)["x-wye-attempt-id", "x-wye-request-id", "x-request-id"])
        {
            if (headers.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
