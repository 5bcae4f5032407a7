using System.Text.Json;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>An intent whose process died: what is known of a call that may have been made.</summary>
internal sealed record OrphanedIntent
{
    private const string Why = "unrecorded: the process ended before the request; open calls count as reserved";

    public required RequestId Request { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required KeyId Key { get; init; }
    public required RouteName Route { get; init; }
    public required string RequestedModel { get; init; }
    public required string? Run { get; init; }
    public required bool Stream { get; init; }
    public required int Node { get; init; }
    public required string Cause { get; init; }
    public required ModelId Model { get; init; }
    public required DeploymentId Deployment { get; init; }
    public required string? Price { get; init; }
    public required Usd? Reserved { get; init; }
    public required string Accounts { get; init; }

    /// <summary>The row that it stands in; 0 = none.</summary>
    public long Batch { get; init; }

    /// <summary>The slot of the process's file that it stands in; null = a row.</summary>
    public int? Slot { get; init; }

    /// <summary>Its finished request, which stands in the same slot; null = nothing is known of that.</summary>
    public LedgerRecord? Record { get; init; }

    /// <summary>Whether the call had ended: <see cref="Reserved"/> is then what it cost.</summary>
    public bool IsEnded { get; init; }

    /// <summary>Reads the present row, in the order of the columns.</summary>
    public static OrphanedIntent Read(RawStatement row) =>
        new()
        {
            Request = new(row.Text(0)),
            Number = (int)row.Long(1),
            At = Microseconds.Read(row.Long(2)),
            Key = new(row.Text(3)),
            Route = new(row.Text(4)),
            RequestedModel = row.Text(5),
            Run = row.TextOrNull(6),
            Stream = row.Long(7) != 0,
            Node = (int)row.Long(8),
            Cause = row.Text(9),
            Model = new(row.Text(10)),
            Deployment = new(row.Text(11)),
            Price = row.TextOrNull(12),
            Reserved = row.LongOrNull(13) is { } amount ? new Usd(amount) : null,
            Accounts = row.Text(14),
            Batch = row.Long(15),
        };

    /// <summary>Reads what <see cref="IntentList"/> wrote of one call, as files did before <see cref="IntentCodec"/>; null = nothing that can be read.</summary>
    public static OrphanedIntent? Parse(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(list);
            var call = JsonElement.ParseValue(ref reader)[0];
            return new()
            {
                Request = new(call[0].GetString()!),
                Number = call[1].GetInt32(),
                At = Microseconds.Read(call[2].GetInt64()),
                Key = new(call[3].GetString()!),
                Route = new(call[4].GetString()!),
                RequestedModel = call[5].GetString()!,
                Run = call[6].GetString(),
                Stream = call[7].GetInt32() != 0,
                Node = call[8].GetInt32(),
                Cause = call[9].GetString()!,
                Model = new(call[10].GetString()!),
                Deployment = new(call[11].GetString()!),
                Price = call[12].GetString(),
                Reserved = call[13].ValueKind == JsonValueKind.Null ? null : new Usd(call[13].GetInt64()),
                Accounts = call[14].GetString()!,
            };
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // The disk kept half of it when the power went.
            return null;
        }
    }

    /// <summary>The rows of a request that was not recorded: its own, or what is known of one that nobody finished.</summary>
    public static LedgerRecord Settle(IReadOnlyList<OrphanedIntent> calls)
    {
        foreach (var call in calls)
        {
            if (call.Record is { } finished)
            {
                return finished;
            }
        }

        var first = calls[0];
        var cost = calls.Aggregate(Usd.Zero, (sum, call) => sum + (call.Reserved ?? Usd.Zero));
        var request = new RequestEntry
        {
            Id = first.Request,
            At = first.At,
            Key = first.Key,
            Route = first.Route,
            RequestedModel = first.RequestedModel,
            Run = first.Run,
            Why = Why,
            Estimated = true,
            Cost = cost,
            Unpriced = calls.Any(call => call.Reserved is null),
            Attempts = calls.Count,
            Stream = first.Stream,
            Failure = FailureKind.Unrecorded,
        };
        return new LedgerRecord(request, [.. calls.Select(call => call.ToEntry())]);
    }

    private AttemptEntry ToEntry() =>
        new()
        {
            Request = Request,
            Number = Number,
            At = At,
            Node = Node,
            Cause = Cause,
            Model = Model,
            Deployment = Deployment,
            Estimated = true,
            Cost = Reserved,
            Failure = FailureKind.Unrecorded,
            Price = Price is null ? null : new PriceFacts(Price, ""),
        };
}
