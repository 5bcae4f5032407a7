using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Hosting;
using Wye.Routing;

namespace Wye.Gateway.Http;

/// <summary><c>x-wye-explain</c> on an answer: how it was decided, as one line of JSON. What is too long is asked at <c>/v1/route</c>.</summary>
internal static class ExplainHeader
{
    public const string Name = "x-wye-explain";
    private const int MaxLength = 4096;

    public static void Write(IHeaderDictionary headers, in RoutingResult decision)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        // The default encoder escapes whatever is not plain ASCII, so the line is fit for a header.
        using (var json = new Utf8JsonWriter(text))
        {
            Explanation.WriteShort(json, decision);
        }

        headers[Name] =
            text.WrittenCount <= MaxLength
                ? Encoding.ASCII.GetString(text.WrittenSpan)
                : """{"too_long":"ask /v1/route"}""";
    }
}
