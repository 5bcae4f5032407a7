using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>Reads the ledger over one connection.</summary>
internal static class LedgerQuery
{
    private const string RequestColumns =
        "id, at_us, key_id, route, requested_model, policy, step_kind, step, run, tier, model, deployment, why, "
        + "query_length, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, "
        + "cache_write_hour_tokens, audio_input_tokens, image_input_tokens, audio_output_tokens, service_tier, estimated, "
        + "cost_pusd, unpriced, strong, strong_cost_pusd, decision_us, first_token_ms, total_ms, attempts, stream, status, "
        + "failure, compared, strong_low_pusd, strong_high_pusd, cheapest, cheapest_low_pusd, cheapest_cost_pusd, "
        + "cheapest_high_pusd, previous_policy, previous, previous_low_pusd, previous_cost_pusd, previous_high_pusd, "
        + "expected_basis, expected_position, expected_quality";

    private const string FindRequest = $"SELECT {RequestColumns}, seq FROM requests WHERE id = $id";

    /// <summary>The calls of a request, in order.</summary>
    public const string FindCalls = """
        SELECT number, at_us, node, cause, model, deployment, input_tokens, cache_read_tokens, cache_write_tokens,
          output_tokens, reasoning_tokens, cache_write_hour_tokens, audio_input_tokens,
          image_input_tokens, audio_output_tokens, service_tier,
          estimated, cost_pusd, first_token_ms, total_ms, status, failure, price, facts
        FROM calls LEFT JOIN prices ON prices.version = calls.price
        WHERE request = $request ORDER BY number
        """;

    private const string PageOfRequests =
        $"SELECT {RequestColumns}, seq FROM requests "
        + "WHERE seq > $after AND at_us >= $from AND at_us < $until ORDER BY seq LIMIT $count";

    private const string RecentRequests = $"SELECT {RequestColumns} FROM requests ORDER BY seq DESC LIMIT $count";

    // One statement sees one state. A sum of 64-bit integers overflows, so each half is summed by itself.
    private const string Totals = """
        SELECT requests, attempts, cost_high, cost_low, estimated, unpriced,
          (SELECT count(*) FROM corrections), (SELECT coalesce(sum(amount_pusd >> 32), 0) FROM corrections),
          (SELECT coalesce(sum(amount_pusd & 4294967295), 0) FROM corrections)
        FROM totals
        """;

    public static LedgerRecord? Find(SqliteConnection connection, RequestId id)
    {
        // Two reads without a transaction: rows are never changed, and calls are committed with their request.
        using var command = Command(connection, FindRequest, "$id", id.Value);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var row = new RowReader(reader);
        var request = ReadRequest(ref row);
        return Record(connection, request, row.Long());
    }

    public static IReadOnlyList<RequestEntry> Recent(
        SqliteConnection connection,
        int count,
        CancellationToken cancellation
    )
    {
        using var command = Command(connection, RecentRequests, "$count", count);
        using var reader = command.ExecuteReader();
        var entries = new List<RequestEntry>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new RowReader(reader);
            entries.Add(ReadRequest(ref row));
        }

        return entries;
    }

    /// <summary>Requests after one, oldest first, with their place.</summary>
    public static IReadOnlyList<(long Sequence, LedgerRecord Record)> Page(
        SqliteConnection connection,
        long after,
        int count,
        DateTimeOffset? from,
        DateTimeOffset? until
    )
    {
        using var command = Command(connection, PageOfRequests, "$after", after);
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$from", from is { } first ? Microseconds.From(first) : long.MinValue);
        command.Parameters.AddWithValue("$until", until is { } end ? Microseconds.From(end) : long.MaxValue);
        using var reader = command.ExecuteReader();
        var page = new List<(long, LedgerRecord)>();
        while (reader.Read())
        {
            var row = new RowReader(reader);
            var request = ReadRequest(ref row);
            var sequence = row.Long();
            page.Add((sequence, Record(connection, request, sequence)));
        }

        return page;
    }

    public static LedgerTotals Sum(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Totals;
        using var reader = command.ExecuteReader();
        reader.Read();
        var row = new RowReader(reader);
        var requests = row.Long();
        var attempts = row.Long();
        var high = row.Long();
        var low = row.Long();
        return new LedgerTotals(requests, attempts, ((Int128)high << 32) + low, row.Long(), row.Long())
        {
            Corrections = row.Long(),
            CorrectedPicoDollars = ((Int128)row.Long() << 32) + row.Long(),
        };
    }

    private static LedgerRecord Record(SqliteConnection connection, RequestEntry request, long sequence) =>
        new(request, ReadAttempts(connection, request.Id, sequence))
        {
            Corrections = [.. CorrectionRow.All(connection, request.Id)],
        };

    private static SqliteCommand Command(SqliteConnection connection, string sql, string name, object value)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static ImmutableArray<AttemptEntry> ReadAttempts(SqliteConnection connection, RequestId id, long sequence)
    {
        using var command = Command(connection, FindCalls, "$request", sequence);
        using var reader = command.ExecuteReader();
        var attempts = ImmutableArray.CreateBuilder<AttemptEntry>();
        while (reader.Read())
        {
            var row = new RowReader(reader);
            attempts.Add(ReadAttempt(ref row, id));
        }

        return attempts.ToImmutable();
    }

    // Initializers run in the order they are written, which is the order of the columns.
    private static RequestEntry ReadRequest(ref RowReader row)
    {
        var entry = ReadFacts(ref row);
        var compared = row.Flag();
        var (strongLow, strongHigh) = (row.LongOrNull(), row.LongOrNull());
        var other = new Counterfactual
        {
            Strong = Range(strongLow, entry.StrongCost?.PicoDollars, strongHigh),
            CheapestModel = row.TextOrNull() is { } cheapest ? new ModelId(cheapest) : null,
            Cheapest = Range(row.LongOrNull(), row.LongOrNull(), row.LongOrNull()),
            PreviousPolicy = row.TextOrNull(),
            PreviousModel = row.TextOrNull() is { } previous ? new ModelId(previous) : null,
            Previous = Range(row.LongOrNull(), row.LongOrNull(), row.LongOrNull()),
        };
        return (compared ? entry with { Counterfactual = other } : entry) with
        {
            Expected = row.Expectation(entry.Model),
        };
    }

    private static CostRange? Range(long? low, long? expected, long? high) =>
        low is { } least && expected is { } middle && high is { } most ? new(new(least), new(middle), new(most)) : null;

    private static RequestEntry ReadFacts(ref RowReader row) =>
        new()
        {
            Id = new(row.Text()),
            At = Microseconds.Read(row.Long()),
            Key = new(row.Text()),
            Route = new(row.Text()),
            RequestedModel = row.Text(),
            Policy = row.Text(),
            StepKind = StepKinds.TryParse(row.Text(), out var kind) ? kind : StepKind.Chat,
            Step = row.TextOrNull(),
            Run = row.TextOrNull(),
            Tier = row.TextOrNull() is { } tier ? new TierName(tier) : null,
            Model = row.TextOrNull() is { } model ? new ModelId(model) : null,
            Deployment = row.TextOrNull() is { } deployment ? new DeploymentId(deployment) : null,
            Why = row.Text(),
            QueryLength = (int)row.Long(),
            Usage = row.Usage(),
            Estimated = row.Flag(),
            Cost = new(row.Long()),
            Unpriced = row.Flag(),
            Strong = row.TextOrNull() is { } strong ? new ModelId(strong) : null,
            StrongCost = row.LongOrNull() is { } strongCost ? new Usd(strongCost) : null,
            DecisionMicroseconds = row.Real(),
            FirstTokenMilliseconds = row.RealOrNull(),
            TotalMilliseconds = row.Real(),
            Attempts = (int)row.Long(),
            Stream = row.Flag(),
            Status = (int)row.Long(),
            Failure = row.Failure(),
        };

    private static AttemptEntry ReadAttempt(ref RowReader row, RequestId id) =>
        new()
        {
            Request = id,
            Number = (int)row.Long(),
            At = Microseconds.Read(row.Long()),
            Node = (int)row.Long(),
            Cause = row.Text(),
            Model = new(row.Text()),
            Deployment = new(row.Text()),
            Usage = row.Usage(),
            Estimated = row.Flag(),
            Cost = row.LongOrNull() is { } cost ? new Usd(cost) : null,
            FirstTokenMilliseconds = row.RealOrNull(),
            TotalMilliseconds = row.Real(),
            Status = (int?)row.LongOrNull(),
            Failure = row.Failure(),
            Price = row.TextOrNull() is { } version ? new PriceFacts(version, row.TextOrNull() ?? "") : null,
        };
}
