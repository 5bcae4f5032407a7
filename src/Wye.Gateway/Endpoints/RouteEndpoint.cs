using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/v1/route</c>: takes a chat body and says what would be done with it, and why. Nothing is called or recorded.</summary>
internal sealed class RouteEndpoint(WyeRuntime runtime, IDialect dialect, RequestIds ids)
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

        var decision = await runtime.ExplainAsync(request, http.Key(), snapshot, http.Access(), http.RequestAborted);
        WyeHeaders.Write(
            http,
            dialect.Id,
            new DeliveryHead
            {
                Request = id,
                Route = decision.Plan?.Route ?? new(request.RequestedModel),
                Model = decision.Plan?.Nodes[0].Model.Id,
                Why = decision.Plan?.Why ?? decision.Error!.Message,
            }
        );
        http.Response.Headers[WyeHeaders.Cost] = 0.ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = decision.Error is { } refused ? dialect.StatusOf(refused) : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        var text = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(text))
        {
            Explanation.Write(json, decision);
        }

        await http.Response.BodyWriter.WriteAsync(text.WrittenMemory, http.RequestAborted);
    }
}
