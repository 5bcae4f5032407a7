using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Sqlite.Calls;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>The ledger in one SQLite file: write-ahead log, one transaction per batch, reads beside the writer. Thread-safe.</summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    private const int MaxRecent = 1000;
    private const int PageSize = 500;
    private readonly SqliteDatabase _database;
    private readonly Lock _writing = new();
    private readonly TimeProvider _time;
    private readonly SqliteOptions _options;
    private readonly Func<string> _instance;
    private readonly Checkpointer _checkpointer;
    private readonly QuickOpenings _quick;
    private LedgerWriteConnection? _writer;
    private InstanceLease? _lease;
    private bool _failed;
    private bool _disposed;

    private SqliteLedgerStore(SqliteDatabase database, SqliteOptions options, TimeProvider time)
    {
        _database = database;
        _time = time;
        _options = options;
        _instance = () => Lease().Id;
        _checkpointer = new Checkpointer(database);
        _quick = new QuickOpenings(time);
    }

    /// <summary>Opens the file; makes or migrates it as needed. A new file is readable by its owner only.</summary>
    /// <exception cref="SqliteStoreException">
    /// It was written by a newer Wye, belongs to another program, is damaged or locked; or cannot be written, and has to be
    /// migrated or <see cref="SqliteOptions.MustBeWritable"/>.
    /// </exception>
    /// <param name="options">The file.</param>
    /// <param name="time">Its clock; null = the system's.</param>
    public static SqliteLedgerStore Open(SqliteOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.RetentionDays < SqliteOptions.LeastRetentionDays)
        {
            throw new ArgumentException(
                $"RetentionDays is {SqliteOptions.LeastRetentionDays} or more: nothing is deleted within an open budget window.",
                nameof(options)
            );
        }

        return new(SqliteDatabase.Open(options), options, time ?? TimeProvider.System);
    }

    /// <summary>Empties the log, for tests.</summary>
    internal Checkpointer Checkpointer => _checkpointer;

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

    /// <summary>Ends it as a kill of its process would, for tests: nothing is closed in order.</summary>
    internal void Abandon()
    {
        lock (_writing)
        {
            DropWriter();
            _quick.Dispose();
            _lease?.Dispose();
            _lease = null;
            _disposed = true;
        }

        _checkpointer.Dispose();
    }

    /// <summary>Closes its connection as a failure of the disk would, for tests.</summary>
    internal void DropConnection()
    {
        lock (_writing)
        {
            DropWriter();
        }
    }

    /// <inheritdoc/>
    public bool KeepsBudgets => true;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records)
    {
        var steps = new LedgerStep[records.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = records[i];
        }

        Commit(steps, book: null);
    }

    /// <inheritdoc/>
    public bool TryOpen(OpeningStep opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        return _quick.TryOpen(opening);
    }

    /// <inheritdoc/>
    public bool TryKeep(LedgerRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _quick.TryKeep(record);
    }

    /// <inheritdoc/>
    public void Commit(ReadOnlySpan<LedgerStep> steps, BudgetBook? book)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        lock (_writing)
        {
            try
            {
                Writer().Write(steps, _instance, book);
                _failed = false;
            }
            catch (SqliteException error)
            {
                throw Failed(error);
            }
            catch (IOException error)
            {
                throw new LedgerUnavailableException(
                    $"'{_database.Path}' cannot be used: no lease file can be made beside it ({error.Message}).",
                    error
                );
            }
        }
    }

    /// <inheritdoc/>
    public bool KeepUp(BudgetBook? book)
    {
        lock (_writing)
        {
            try
            {
                var writer = Writer();
                var dead = Dead(writer);
                if (dead.Count > 0)
                {
                    writer.Bury(dead, _instance, book);
                    dead.ForEach(id => InstanceLease.Clear(_database.Path, id));
                }

                if (writer.ForgetIdleSlices())
                {
                    writer.ReturnIdleSlices(_instance, book);
                }

                if (book is not null)
                {
                    writer.Refresh(book);
                }

                writer.Prune();
                return Probe(writer);
            }
            catch (SqliteException error)
            {
                throw Failed(error);
            }
        }
    }

    /// <inheritdoc/>
    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        _quick.Kept(id) is { } kept
            ? Task.FromResult<LedgerRecord?>(kept)
            : ReadAsync(connection => LedgerQuery.Find(connection, id), cancellationToken, waits: false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRecent);
        return ReadAsync(connection => LedgerQuery.Recent(connection, count, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerRecord> ReadAsync(
        DateTimeOffset? from,
        DateTimeOffset? until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (after, last) = (0L, PageSize);
        while (last == PageSize)
        {
            var start = after;
            var page = await ReadAsync(
                connection => LedgerQuery.Page(connection, start, PageSize, from, until),
                cancellationToken
            );
            last = page.Count;
            foreach (var (sequence, record) in page)
            {
                after = sequence;
                yield return record;
            }
        }
    }

    /// <inheritdoc/>
    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) =>
        ReadAsync(LedgerQuery.Sum, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            Leave();
            _disposed = true;
            DropWriter();
        }

        _checkpointer.Dispose();
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    private async Task<T> ReadAsync<T>(
        Func<SqliteConnection, T> read,
        CancellationToken cancellationToken,
        bool waits = true
    )
    {
        if (waits)
        {
            await _quick.CommittedAsync(cancellationToken);
        }

        return await _database.RunAsync(
            () =>
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
                using var connection = _database.OpenReader();
                return read(connection);
            },
            (what, cause) => new LedgerUnavailableException(what, cause),
            cancellationToken
        );
    }

    private LedgerWriteConnection Writer()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _writer ??= new LedgerWriteConnection(_database.OpenWriter(), _time, _options, _checkpointer, _quick);
    }

    private InstanceLease Lease()
    {
        if (_lease is null)
        {
            _lease = InstanceLease.Take(_database.Path);
            // Only where a commit does not wait for the disk, and others can tell that this process has ended.
            if (_options.Durability == SqliteDurability.Normal && _lease.IsReliable)
            {
                _quick.Start(_database.Path, _lease.Id);
            }
        }

        return _lease;
    }

    /// <summary>Only after a failure: an idle gateway does not wear the disk.</summary>
    private bool Probe(LedgerWriteConnection writer)
    {
        if (!_failed)
        {
            return false;
        }

        writer.Probe(Lease().Id);
        _failed = false;
        return true;
    }

    private List<string> Dead(LedgerWriteConnection writer)
    {
        var dead = new List<string>();
        foreach (var id in writer.Instances())
        {
            var own = string.Equals(id, _lease?.Id, StringComparison.Ordinal);
            if (!own && Lease().IsReliable && InstanceLease.IsFree(_database.Path, id))
            {
                dead.Add(id);
            }
        }

        return dead;
    }

    // An orderly end: nothing of this process is left to be settled, unless something is still open.
    private void Leave()
    {
        if (_lease is null)
        {
            return;
        }

        _quick.Dispose();
        var isSettled = SettlesOwn(_lease.Id);
        _lease.Dispose();
        if (isSettled)
        {
            CallFile.Delete(_database.Path, _lease.Id);
        }

        _lease = null;
    }

    /// <summary>Settles what this process leaves open; if it cannot, the next process that opens the file does.</summary>
    private bool SettlesOwn(string id)
    {
        try
        {
            _writer?.Bury([id], _instance, book: null);
            return _writer is not null;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private LedgerUnavailableException Failed(SqliteException error)
    {
        _failed = true;
        if (SqliteFault.WantsNewConnection(error))
        {
            DropWriter();
        }

        return Unavailable(error);
    }

    private void DropWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _quick.Doubt();
        _checkpointer.Renew();
    }

    private LedgerUnavailableException Unavailable(SqliteException error) =>
        new(SqliteFault.Describe(_database.Path, error), error);
}
