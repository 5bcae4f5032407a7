using System.Globalization;
using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Reports;

namespace Wye.Sqlite;

/// <summary>Sums of the ledger in a SQLite file, also while a gateway writes it. Thread-safe.</summary>
public sealed class SqliteLedgerReports : ILedgerReports, IAsyncDisposable
{
    // A sum of 64-bit integers may overflow; groups of a day hold less than 9.2 million USD, and SQLite fails loudly beyond.
    private const string Spend = """
        SELECT date(at_us / 1000000, 'unixepoch'), key_id, route, coalesce(tier, ''), coalesce(model, ''), count(*),
          count(failure), sum(estimated), sum(unpriced), sum(cost_pusd),
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN strong_cost_pusd - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0),
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN coalesce(strong_low_pusd, strong_cost_pusd) - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0),
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN coalesce(strong_high_pusd, strong_cost_pusd) - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0),
          sum(failure IS NULL AND strong_cost_pusd IS NULL),
          coalesce(sum(cheapest_cost_pusd), 0),
          coalesce(sum(CASE WHEN cheapest_cost_pusd IS NOT NULL THEN cost_pusd END), 0),
          coalesce(sum(previous_cost_pusd), 0), coalesce(sum(previous_low_pusd), 0), coalesce(sum(previous_high_pusd), 0),
          coalesce(sum(CASE WHEN previous_cost_pusd IS NOT NULL THEN cost_pusd END), 0)
        FROM requests WHERE at_us >= $from AND at_us < $until
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        """;

    private const string Calls = """
        SELECT date(at_us / 1000000, 'unixepoch'), model, deployment, cause, count(*),
          sum(input_tokens + cache_read_tokens + cache_write_tokens + cache_write_hour_tokens + audio_input_tokens
            + image_input_tokens),
          sum(output_tokens), sum(estimated), count(*) - count(cost_pusd), coalesce(sum(cost_pusd), 0)
        FROM attempts WHERE at_us >= $from AND at_us < $until
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
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                try
                {
                    using var connection = _database.OpenReader();
                    using var command = connection.CreateCommand();
                    command.CommandText = sql;
                    command.Parameters.AddWithValue("$from", Start(from));
                    command.Parameters.AddWithValue("$until", Start(until));
                    using var reader = command.ExecuteReader();
                    var rows = new List<T>();
                    while (reader.Read())
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        rows.Add(read(reader));
                    }

                    return rows;
                }
                catch (SqliteException error)
                {
                    throw new LedgerUnavailableException(SqliteFault.Describe(_database.Path, error), error);
                }
            },
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
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Start(DateOnly day) =>
        Microseconds.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
