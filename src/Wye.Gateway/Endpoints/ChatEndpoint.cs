using Microsoft.AspNetCore.Http;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;

namespace Wye.Gateway.Endpoints;

/// <summary>A chat call in one dialect: read once, hand to the runtime, write what it says.</summary>
internal sealed class ChatEndpoint(
    WyeRuntime runtime,
    IDialect dialect,
    RequestIds ids,
    TimeProvider time,
    GatewayDrain drain
)
{
    public async Task HandleAsync(HttpContext http)
    {
        using var running = drain.Enter();
        var snapshot = runtime.Snapshot;
        var arrival = new RequestArrival(ids.Next(), time.GetUtcNow(), time.GetTimestamp())
        {
            Caller = CallerTrace.Read(http.Request.Headers),
            Access = http.Access(),
            Snapshot = snapshot,
            Stopping = drain.Stopping,
        };
        if (!HintHeaders.TryRead(http.Request.Headers, out var hints, out var error))
        {
            await Rejection.WriteAsync(http, dialect, arrival.Id, error!);
            return;
        }

        (var body, error) = await PooledBody.ReadAsync(http, snapshot.Server.BodyLimit);
        using (body)
        {
            if (body is null || !dialect.TryReadRequest(body.Memory, hints, out var request, out error))
            {
                await Rejection.WriteAsync(http, dialect, arrival.Id, error!);
                return;
            }

            using (request)
            {
                var sink = new HttpDeliverySink(http, dialect, request, snapshot.Server.LiteLlmHeaders);
                await runtime.ChatAsync(arrival, request, http.Key(), sink, http.RequestAborted);
                if (sink.MustCut)
                {
                    throw new StreamCutException();
                }
            }
        }
    }
}
