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

    /// <summary>Requests <c>req_{first}</c> … with one attempt each.</summary>
    public static LedgerRecord[] LedgerRecords(int count, int first = 0) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(i => LedgerRecord("req_" + i.ToString("D6", CultureInfo.InvariantCulture), 1_000)),
        ];
}
