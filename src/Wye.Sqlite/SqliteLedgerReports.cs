using System.Globalization;
using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Reports;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>Sums of the ledger in a SQLite file, also while a gateway writes it. Thread-safe.</summary>
public sealed class SqliteLedgerReports : ILedgerReports, IAsyncDisposable
{
    private const string DayForm = "yyyy-MM-dd";

    // Rows that are there, sums of those that are not any more, and what was said later of either.
    private static readonly string Spend = $"""
        SELECT day, key_id, route, tier, model, {DailySums.Sum(
            DailySums.RequestColumns
        )}, sum(corrections), sum(corrected) FROM (
          SELECT *, 0 AS corrections, 0 AS corrected FROM ({DailySums.OfRequests("at_us >= $from AND at_us < $until")})
          UNION ALL
          SELECT day, key_id, route, tier, model, {DailySums.RequestColumns}, 0, 0 FROM daily_requests
          WHERE day >= $first AND day < $end
          UNION ALL
          SELECT day, key_id, route, tier, answered_by, 0, 0, 0, 0, amount_pusd, -amount_pusd * in_saved, -amount_pusd * in_saved,
            -amount_pusd * in_saved, 0, 0, amount_pusd * in_cheapest, 0, 0, 0, amount_pusd * in_previous, 1, amount_pusd
          FROM corrections WHERE day >= $first AND day < $end)
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        """;

    internal static readonly string Calls = $"""
        SELECT day, model, deployment, cause, {DailySums.Sum(DailySums.CallColumns)}, sum(corrected) FROM (
          SELECT *, 0 AS corrected FROM ({DailySums.OfCalls("attempts", "at_us >= $from AND at_us < $until")})
          UNION ALL
          SELECT *, 0 FROM ({DailySums.OfCalls(
            "only_calls",
            // The last two name all of them once more, for the index.
            $"at_us >= $from AND at_us < $until AND arrived_us >= $from - {OnlyCall.MostAfter} AND arrived_us < $until"
        )})
          UNION ALL
          SELECT day, model, deployment, cause, {DailySums.CallColumns}, 0 FROM daily_calls WHERE day >= $first AND day < $end
          UNION ALL
          SELECT call_day, model, deployment, cause, 0, 0, 0, 0, 0, amount_pusd, amount_pusd FROM corrections
          WHERE call_day >= $first AND call_day < $end)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        """;

    private readonly SqliteDatabase _database;

    private SqliteLedgerReports(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; migrates it as needed.</summary>
    /// <exception cref="SqliteStoreException">It cannot be used.</exception>
    public static SqliteLedgerReports Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendRow>> SpendAsync(
        DateOnly from,
        DateOnly until,
        CancellationToken cancellationToken
    ) => ReadAsync(Spend, from, until, ReadSpend, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CallRow>> CallsAsync(
        DateOnly from,
        DateOnly until,
        CancellationToken cancellationToken
    ) => ReadAsync(Calls, from, until, ReadCall, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql,
        DateOnly from,
        DateOnly until,
        Func<SqliteDataReader, T> read,
        CancellationToken cancellationToken
    ) =>
        _database.RunAsync<IReadOnlyList<T>>(
            () =>
            {
                using var connection = _database.OpenReader();
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.Parameters.AddWithValue("$from", Start(from));
                command.Parameters.AddWithValue("$until", Start(until));
                command.Parameters.AddWithValue("$first", from.ToString(DayForm, CultureInfo.InvariantCulture));
                command.Parameters.AddWithValue("$end", until.ToString(DayForm, CultureInfo.InvariantCulture));
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows.Add(read(reader));
                }

                return rows;
            },
            (what, cause) => new LedgerUnavailableException(what, cause),
            cancellationToken
        );

    private static SpendRow ReadSpend(SqliteDataReader reader)
    {
        var row = new RowReader(reader);
        return new SpendRow(Day(row.Text()), new(row.Text()), new(row.Text()), row.Text(), row.Text())
        {
            Requests = row.Long(),
            Failed = row.Long(),
            Estimated = row.Long(),
            Unpriced = row.Long(),
            Cost = row.Long(),
            Saved = row.Long(),
            SavedLow = row.Long(),
            SavedHigh = row.Long(),
            Incomparable = row.Long(),
            Cheapest = row.Long(),
            PaidWhereCheapest = row.Long(),
            Previous = row.Long(),
            PreviousLow = row.Long(),
            PreviousHigh = row.Long(),
            PaidWherePrevious = row.Long(),
            Corrections = row.Long(),
            Corrected = row.Long(),
        };
    }

    private static CallRow ReadCall(SqliteDataReader reader)
    {
        var row = new RowReader(reader);
        return new CallRow(Day(row.Text()), new(row.Text()), new(row.Text()), row.Text())
        {
            Calls = row.Long(),
            PromptTokens = row.Long(),
            OutputTokens = row.Long(),
            Estimated = row.Long(),
            Unpriced = row.Long(),
            Cost = row.Long(),
            Corrected = row.Long(),
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, DayForm, CultureInfo.InvariantCulture);

    private static long Start(DateOnly day) =>
        Microseconds.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
