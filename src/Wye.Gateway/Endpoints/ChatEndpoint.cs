using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Hosting.Configuration.Resolving;
using Wye.Primitives.Pooling;

namespace Wye.Gateway.Endpoints;

/// <summary>A chat call in one dialect: read once, hand to the runtime, write what it says.</summary>
internal sealed class ChatEndpoint(
    WyeRuntime runtime,
    ICallerDialect dialect,
    RequestIds ids,
    TimeProvider time,
    GatewayDrain drain
)
{
    public async Task HandleAsync(HttpContext http)
    {
        using var running = drain.Enter();
        var arrival = Arrive(http, runtime.Snapshot, ids, time, drain);
        using var call = await ReceivedCall.ReadAsync(http, dialect, arrival.Id, arrival.Snapshot!.Server.BodyLimit);
        if (call.Request is { } request)
        {
            await DeliverAsync(http, runtime, dialect, arrival, request);
        }
    }

    /// <summary>Notes when and as what a call came in.</summary>
    public static RequestArrival Arrive(
        HttpContext http,
        WyeSnapshot snapshot,
        RequestIds ids,
        TimeProvider time,
        GatewayDrain drain
    ) =>
        new(ids.Next(), time.GetUtcNow(), time.GetTimestamp())
        {
            Caller = CallerTrace.Read(http.Request.Headers),
            Access = http.Access(),
            Snapshot = snapshot,
            Stopping = drain.Stopping,
        };

    /// <summary>Hands a request on and writes what comes of it.</summary>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    public static async ValueTask DeliverAsync(
        HttpContext http,
        WyeRuntime runtime,
        ICallerDialect dialect,
        RequestArrival arrival,
        ChatRequest request
    )
    {
        var sink = new HttpDeliverySink(http, dialect, request, arrival.Snapshot!.Server.LiteLlmHeaders);
        if (request.Hints.Explain)
        {
            var headers = http.Response.Headers;
            arrival = arrival with { Decided = decision => ExplainHeader.Write(headers, decision) };
        }

        await runtime.ChatAsync(arrival, request, http.Key(), sink, http.RequestAborted);
        if (sink.MustCut)
        {
            throw new StreamCutException();
        }
    }
}
