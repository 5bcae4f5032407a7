using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects.Anthropic;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// <c>/v1/messages/count_tokens</c>: Wye's own estimate of the prompt, since which provider will answer is not decided yet; the
/// header <c>x-wye-estimated</c> says so. Nothing is called or recorded; only a name that the key may ask for is counted for.
/// </summary>
internal sealed class CountTokensEndpoint(WyeRuntime runtime, AnthropicDialect dialect, RequestIds ids)
{
    public async Task HandleAsync(HttpContext http)
    {
        var id = ids.Next();
        var snapshot = runtime.Snapshot;
        using var call = await ReceivedCall.ReadAsync(http, dialect, id, snapshot.Server.BodyLimit);
        if (call.Request is not { } request)
        {
            return;
        }

        // What else is in the way (a window, a budget) is no reason not to count.
        var decision = runtime.Route(request, http.Key(), snapshot, http.Access());
        if (decision.Signals is not { } measured || decision.Error is { Kind: FailureKind.ModelNotFound })
        {
            await Rejection.WriteAsync(http, dialect, id, decision.Error!);
            return;
        }

        var counted = new ArrayBufferWriter<byte>(64);
        dialect.WriteTokenCount(measured.PromptTokens, counted);
        WyeHeaders.WriteId(http, dialect.Id, id);
        http.Response.Headers[WyeHeaders.Estimated] = "true";
        http.Response.Headers[WyeHeaders.Cost] = 0.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = counted.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(counted.WrittenMemory, http.RequestAborted);
    }
}
