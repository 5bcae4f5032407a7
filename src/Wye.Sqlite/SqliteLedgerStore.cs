using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite;

/// <summary>The ledger in one SQLite file: write-ahead log, one transaction per batch, reads beside the writer. Thread-safe.</summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    private const int MaxRecent = 1000;
    private readonly SqliteDatabase _database;
    private readonly Lock _writing = new();
    private LedgerInsert? _insert;
    private bool _disposed;

    private SqliteLedgerStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; makes or migrates it as needed. A new file is readable by its owner only.</summary>
    /// <exception cref="SqliteStoreException">
    /// It was written by a newer Wye, belongs to another program, is damaged, locked, or cannot be written.
    /// </exception>
    public static SqliteLedgerStore Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <summary>The writer's connection, for tests that make it fail.</summary>
    internal SqliteConnection WriterConnection
    {
        get
        {
            lock (_writing)
            {
                return Writer().Connection;
            }
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records)
    {
        if (records.IsEmpty)
        {
            return;
        }

        lock (_writing)
        {
            try
            {
                Writer().Write(records);
            }
            catch (SqliteException error)
            {
                if (SqliteFault.WantsNewConnection(error))
                {
                    DropWriter();
                }

                throw Unavailable(error);
            }
        }
    }

    /// <inheritdoc/>
    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        ReadAsync(connection => LedgerQuery.Find(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRecent);
        return ReadAsync(connection => LedgerQuery.Recent(connection, count, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) =>
        ReadAsync(LedgerQuery.Sum, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            _disposed = true;
            DropWriter();
        }

        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    // SQLite blocks; a request's thread must not.
    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
                try
                {
                    using var connection = _database.OpenReader();
                    return read(connection);
                }
                catch (SqliteException error)
                {
                    throw Unavailable(error);
                }
            },
            cancellationToken
        );

    private LedgerInsert Writer()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _insert ??= new LedgerInsert(_database.OpenWriter());
    }

    private void DropWriter()
    {
        _insert?.Dispose();
        _insert = null;
    }

    private LedgerUnavailableException Unavailable(SqliteException error) =>
        new(SqliteFault.Describe(_database.Path, error), error);
}
