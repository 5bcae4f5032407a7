using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Primitives;
using Wye.Primitives.Pooling;
using Wye.Sessions;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// <c>/v1/responses</c>: a chat call whose conversation may be continued by the id of its response. What is kept is bound to
/// the caller's key and to this process.
/// </summary>
internal sealed class ResponsesEndpoint(
    WyeRuntime runtime,
    ResponsesDialect dialect,
    ResponseStore store,
    RequestIds ids,
    TimeProvider time,
    GatewayDrain drain
)
{
    private const string Prefix = "resp_";
    private const int MostListed = 100;
    private const int UsuallyListed = 20;

    public async Task CreateAsync(HttpContext http)
    {
        using var running = drain.Enter();
        var arrival = ChatEndpoint.Arrive(http, runtime.Snapshot, ids, time, drain);
        var limit = arrival.Snapshot!.Server.BodyLimit;
        using var call = await ReceivedCall.ReadAsync(http, dialect, arrival.Id, limit);
        if (call.Request is not { } request)
        {
            return;
        }

        var named = ItemReferences.Of(request);
        if (named.Count == 0)
        {
            await ContinueAsync(http, arrival, request, limit);
            return;
        }

        if (!TryFill(http, request, named, limit, out var filled, out var error))
        {
            await Rejection.WriteAsync(http, dialect, arrival.Id, error!);
            return;
        }

        using (filled)
        {
            await ContinueAsync(http, arrival, filled!, limit);
        }
    }

    public async Task GetAsync(HttpContext http)
    {
        if (http.Request.Query["stream"].ToString() is not ("" or "false"))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), KeptIsWhole);
            return;
        }

        if (!store.TryFind(http.Key(), IdOf(http), out var kept))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), Unknown(IdOf(http), null));
            return;
        }

        WyeHeaders.WriteId(http, dialect.Id, ids.Next());
        await JsonAnswer.WriteAsync(http, kept.Body);
    }

    public async Task ListInputAsync(HttpContext http)
    {
        if (!store.TryFind(http.Key(), IdOf(http), out var kept))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), Unknown(IdOf(http), null));
            return;
        }

        if (!TryPage(http.Request.Query, out var page, out var error))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), error!);
            return;
        }

        var list = new ArrayBufferWriter<byte>(kept.Items.Length + 256);
        if (!InputItemList.TryWrite(kept.Items, kept.Body, page!, list))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), UnknownItem(page!.After!));
            return;
        }

        WyeHeaders.WriteId(http, dialect.Id, ids.Next());
        await JsonAnswer.WriteAsync(http, list.WrittenMemory);
    }

    public async Task DeleteAsync(HttpContext http)
    {
        if (!store.Remove(http.Key(), IdOf(http)))
        {
            await Rejection.WriteAsync(http, dialect, ids.Next(), Unknown(IdOf(http), null));
            return;
        }

        var deleted = new ArrayBufferWriter<byte>(128);
        ResponsesDialect.WriteDeleted(IdOf(http), deleted);
        WyeHeaders.WriteId(http, dialect.Id, ids.Next());
        await JsonAnswer.WriteAsync(http, deleted.WrittenMemory);
    }

    /// <summary>What OpenAI has below the path and this gateway has not: clients shall not take it for a response's id.</summary>
    public Task RefuseAsync(HttpContext http) =>
        Rejection.WriteAsync(http, dialect, ids.Next(), Rejection.UnknownPath(http)).AsTask();

    private async ValueTask ContinueAsync(HttpContext http, RequestArrival arrival, ChatRequest request, long limit)
    {
        if (InputJoin.PreviousOf(request) is not { } previous)
        {
            await DeliverAsync(http, arrival, request, null);
            return;
        }

        if (!TryContinue(http, request, previous, limit, out var whole, out var error))
        {
            await Rejection.WriteAsync(http, dialect, arrival.Id, error!);
            return;
        }

        using (whole)
        {
            await DeliverAsync(http, arrival, whole!, previous);
        }
    }

    /// <summary>The request with the items that it names by their ids.</summary>
    private bool TryFill(
        HttpContext http,
        ChatRequest request,
        IReadOnlyList<(int Index, string Id)> named,
        long limit,
        out ChatRequest? filled,
        out ChatError? error
    )
    {
        filled = null;
        var bytes = (long)request.Body.Length;
        Dictionary<int, ReadOnlyMemory<byte>> items = [];
        foreach (var (index, id) in named)
        {
            if (!store.TryFindItem(http.Key(), id, out var item))
            {
                error = UnknownReference(id, index);
                return false;
            }

            items.Add(index, item);
            bytes += item.Length;
        }

        if (bytes > limit)
        {
            error = PooledBody.TooLarge(limit);
            return false;
        }

        var whole = new ArrayBufferWriter<byte>((int)bytes);
        ItemReferences.Write(request, items, whole);
        return ResponsesDialect.TryReadJoined(whole.WrittenMemory, request, out filled, out error);
    }

    private bool TryContinue(
        HttpContext http,
        ChatRequest request,
        string previous,
        long limit,
        out ChatRequest? whole,
        out ChatError? error
    )
    {
        whole = null;
        if (!store.TryFind(http.Key(), previous, out var kept))
        {
            error = Unknown(previous, "previous_response_id");
            return false;
        }

        if (kept.Items.Length + (long)request.Body.Length > limit)
        {
            error = PooledBody.TooLarge(limit);
            return false;
        }

        var joined = new ArrayBufferWriter<byte>(kept.Items.Length + request.Body.Length + 64);
        InputJoin.Write(request, kept.Items.Span, joined);
        return ResponsesDialect.TryReadJoined(joined.WrittenMemory, request, out whole, out error);
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private async ValueTask DeliverAsync(
        HttpContext http,
        RequestArrival arrival,
        ChatRequest request,
        string? previous
    )
    {
        var id = Prefix + arrival.Id.Value[(arrival.Id.Value.IndexOf('_', StringComparison.Ordinal) + 1)..];
        var key = http.Key();
        var face = new ResponseFace(id, previous, InputJoin.IsKept(request) ? Keep : null);
        var sink = new HttpDeliverySink(http, dialect.With(face), request, arrival.Snapshot!.Server.LiteLlmHeaders);
        await ChatEndpoint.DeliverAsync(http, runtime, arrival, request, sink);
        sink.Close();

        void Keep(ReadOnlyMemory<byte> response)
        {
            var (items, output) = InputJoin.Joined(request, response);
            store.Keep(key, id, new StoredResponse(items, response) { Output = output });
        }
    }

    private static bool TryPage(IQueryCollection query, out InputItemPage? page, out ChatError? error)
    {
        page = null;
        if (!PageLimit.TryRead(query, MostListed, UsuallyListed, out var limit, out error))
        {
            return false;
        }

        var (order, after) = (query["order"].ToString(), query["after"].ToString());
        if (order is not ("" or "asc" or "desc"))
        {
            error = PageLimit.Wrong("order", "order takes asc or desc.");
            return false;
        }

        page = new InputItemPage(limit, order is not "asc", after.Length == 0 ? null : after);
        return true;
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static ChatError KeptIsWhole =>
        new(FailureKind.BadRequest, "A kept response is given whole, not as a stream. Leave 'stream' out.")
        {
            Code = "invalid_query",
            Param = "stream",
        };

    private static ChatError UnknownItem(string id) =>
        new(FailureKind.BadRequest, $"No input item '{WyeHeaders.Safe(id)}' is in the list. Take an id that it names.")
        {
            Status = StatusCodes.Status404NotFound,
            Code = "item_not_found",
            Param = "after",
        };

    private static ChatError UnknownReference(string id, int index) =>
        new(
            FailureKind.BadRequest,
            $"'input[{index}]' names the item '{WyeHeaders.Safe(id)}', which is not kept for this key. Responses are kept for an hour at most, in the memory of this gateway, and not with store: false. Send the item itself; clients that name items do so with store: false."
        )
        {
            Code = "item_not_found",
            Param = $"input[{index}]",
        };

    private static ChatError Unknown(string id, string? param) =>
        new(
            FailureKind.BadRequest,
            $"There is no response '{WyeHeaders.Safe(id)}' to this key. Responses are kept for an hour at most, in the memory of this gateway, and not with store: false. Send the whole conversation as 'input'."
        )
        {
            Status = param is null ? StatusCodes.Status404NotFound : null,
            Code = param is null ? "response_not_found" : "previous_response_not_found",
            Param = param,
        };
}
