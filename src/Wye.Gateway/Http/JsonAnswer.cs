using Microsoft.AspNetCore.Http;

namespace Wye.Gateway.Http;

/// <summary>Answers with a JSON body that is there in whole.</summary>
internal static class JsonAnswer
{
    public static async ValueTask WriteAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
