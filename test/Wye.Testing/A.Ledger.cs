using System.Globalization;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Testing;

/// <summary>Builders: give what the test is about, the rest is plausible.</summary>
public static partial class A
{
    /// <summary>A moment without meaning.</summary>
    public static DateTimeOffset Moment { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>A request's row.</summary>
    public static RequestEntry RequestEntry(string id = "req_1") =>
        new()
        {
            Id = new(id),
            At = Moment,
            Key = new("key1"),
            Route = new("auto"),
            RequestedModel = "auto",
            Why = "static: small",
        };

    /// <summary>An attempt's row; a null cost is an unknown price.</summary>
    public static AttemptEntry AttemptEntry(string request = "req_1", int number = 1, long? pico = 1_000) =>
        new()
        {
            Request = new(request),
            Number = number,
            At = Moment,
            Cause = "first",
            Model = new("small-model"),
            Deployment = new("provider/small-model"),
            Cost = pico is { } known ? new Usd(known) : null,
        };

    /// <summary>A request with one attempt per cost.</summary>
    public static LedgerRecord LedgerRecord(string id = "req_1", params long?[] costs) =>
        new(RequestEntry(id), [.. costs.Select((cost, index) => AttemptEntry(id, index + 1, cost))]);

    /// <summary>A request with one call that succeeded and answered it, as nearly all are.</summary>
    public static LedgerRecord AnsweredRecord(string id = "req_1", long pico = 1_000)
    {
        var usage = new Usage { InputTokens = 11, OutputTokens = 7 };
        var call = AttemptEntry(id, 1, pico) with { Usage = usage, Status = 200, TotalMilliseconds = 80.25 };
        var request = RequestEntry(id) with
        {
            Model = call.Model,
            Deployment = call.Deployment,
            Usage = usage,
            Cost = new(pico),
            TotalMilliseconds = 81.5,
            Attempts = 1,
            Status = 200,
        };
        return new(request, [call]);
    }

    /// <summary>Requests <c>req_{first}</c> … with one attempt each.</summary>
    public static LedgerRecord[] LedgerRecords(int count, int first = 0) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(i => LedgerRecord("req_" + i.ToString("D6", CultureInfo.InvariantCulture), 1_000)),
        ];
}
