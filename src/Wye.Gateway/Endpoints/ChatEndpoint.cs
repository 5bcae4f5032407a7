using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Hosting.Configuration.Resolving;

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
            var sink = new HttpDeliverySink(http, dialect, request, arrival.Snapshot.Server.LiteLlmHeaders);
            await DeliverAsync(http, runtime, arrival, request, sink);
            sink.Close();
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

    /// <summary>Hands a request on; what comes of it is written to the sink, which is to be closed then.</summary>
    public static ValueTask<Outcome> DeliverAsync(
        HttpContext http,
        WyeRuntime runtime,
        RequestArrival arrival,
        ChatRequest request,
        HttpDeliverySink sink
    )
    {
        if (request.Hints.Explain)
        {
            var headers = http.Response.Headers;
            arrival = arrival with { Decided = decision => ExplainHeader.Write(headers, decision) };
        }

        return runtime.ChatAsync(arrival, request, arrival.Access!.Key.Id, sink, http.RequestAborted);
    }
}
