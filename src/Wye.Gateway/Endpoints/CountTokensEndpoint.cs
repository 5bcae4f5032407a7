using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects.Anthropic;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Signals;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// <c>/v1/messages/count_tokens</c>: Wye's own estimate of the prompt, since which provider will answer is not decided yet; the
/// header <c>x-wye-estimated</c> says so. Nothing is called or recorded.
/// </summary>
internal sealed class CountTokensEndpoint(
    WyeRuntime runtime,
    AnthropicDialect dialect,
    SignalExtractor signals,
    RequestIds ids
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var id = ids.Next();
        var (body, error) = await PooledBody.ReadAsync(http, runtime.Snapshot.Server.BodyLimit);
        using (body)
        {
            if (body is null || !dialect.TryReadRequest(body.Memory, CallerHints.None, out var request, out error))
            {
                await Rejection.WriteAsync(http, dialect, id, error!);
                return;
            }

            using (request)
            {
                var counted = new ArrayBufferWriter<byte>(64);
                dialect.WriteTokenCount(signals.Extract(request).PromptTokens, counted);
                http.Response.Headers[WyeHeaders.RequestId] = id.Value;
                http.Response.Headers[WyeHeaders.Estimated] = "true";
                http.Response.Headers[WyeHeaders.Cost] = 0.ToString(CultureInfo.InvariantCulture);
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = counted.WrittenCount;
                await http.Response.BodyWriter.WriteAsync(counted.WrittenMemory, http.RequestAborted);
            }
        }
    }
}
