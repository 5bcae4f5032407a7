using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/admin/*</c>: what the ledger says.</summary>
internal sealed class AdminEndpoints(ILedgerStore store, IJudgementStore judgements, IDialect dialect, RequestIds ids)
{
    private const int DefaultCount = 50;
    private const int MaxCount = 1_000;

    public async Task RequestAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        if (await store.FindAsync(new RequestId(id), http.RequestAborted) is not { } record)
        {
            var error = new ChatError(FailureKind.BadRequest, $"No request '{WyeHeaders.Safe(id)}' in the ledger.")
            {
                Status = StatusCodes.Status404NotFound,
                Code = "unknown_request",
            };
            await Rejection.WriteAsync(http, dialect, ids.Next(), error);
            return;
        }

        var judgement = await judgements.FindAsync(record.Request.Id, http.RequestAborted);
        await WriteAsync(http, json => LedgerJson.Write(json, record, judgement));
    }

    public async Task RecentAsync(HttpContext http)
    {
        var wanted = http.Request.Query["limit"].ToString();
        var count = DefaultCount;
        if (
            wanted.Length > 0
            && (!int.TryParse(wanted, CultureInfo.InvariantCulture, out count) || count is < 1 or > MaxCount)
        )
        {
            var error = new ChatError(FailureKind.BadRequest, $"limit takes a whole number in 1..{MaxCount}.")
            {
                Code = "invalid_query",
                Param = "limit",
            };
            await Rejection.WriteAsync(http, dialect, ids.Next(), error);
            return;
        }

        var rows = await store.RecentAsync(count, http.RequestAborted);
        await WriteAsync(
            http,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("requests");
                foreach (var row in rows)
                {
                    LedgerJson.Write(json, row);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    public async Task TotalsAsync(HttpContext http)
    {
        var totals = await store.TotalsAsync(http.RequestAborted);
        await WriteAsync(http, json => LedgerJson.Write(json, totals));
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json";
        var text = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(text))
        {
            write(json);
        }

        await http.Response.BodyWriter.WriteAsync(text.WrittenMemory, http.RequestAborted);
    }
}
