using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Sqlite.Calls;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>The writer's connection: each batch of steps is one transaction. Used by one thread at a time.</summary>
internal sealed class LedgerWriteConnection : IDisposable
{
    private const int TriesBeforeSleep = 20;
    private static readonly TimeSpan AccountsInterval = TimeSpan.FromHours(1);

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _shortPatience;
    private readonly Checkpointer _checkpointer;
    private readonly sqlite3 _handle;
    private readonly RawStatement _begin;
    private readonly RawStatement _commit;
    private readonly RawStatement _rollback;
    private readonly RawStatement _version;
    private readonly LedgerInsert _rows;
    private readonly LedgerAccounts _accounts;
    private readonly LedgerRetention _retention;
    private readonly int? _retentionDays;
    private long _seenVersion = -1;

    // After the newest commit here; null = what is known of accounts may be wrong. Unlike _seenVersion it costs no statement, but
    // tells of others within a transaction only.
    private uint? _ownVersion;
    private bool _waitedInVain;
    private long? _accountsSeen;

    public LedgerWriteConnection(
        SqliteConnection connection,
        TimeProvider time,
        SqliteOptions options,
        Checkpointer checkpointer,
        QuickOpenings quick
    )
    {
        _connection = connection;
        _time = time;
        _checkpointer = checkpointer;
        _patience = options.BusyTimeout;
        _shortPatience = options.LockedTimeout < _patience ? options.LockedTimeout : _patience;
        _handle = connection.Handle!;
        // SQLite's own wait for a lock sleeps ever longer, so that of two busy writers one may get no turn.
        SqliteDatabase.Execute(connection, "PRAGMA busy_timeout=0");
        _begin = new(_handle, "BEGIN IMMEDIATE");
        _commit = new(_handle, "COMMIT");
        _rollback = new(_handle, "ROLLBACK");
        _version = new(_handle, "PRAGMA data_version");
        _rows = new(connection);
        _accounts = new(_handle, options.Path, _rows, quick, time);
        _retention = new(_handle);
        _retentionDays = options.RetentionDays;
    }

    /// <summary>The connection itself, for tests.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>All steps in one transaction, or none.</summary>
    public void Write(ReadOnlySpan<LedgerStep> steps, Func<string> instance, BudgetBook? book)
    {
        Begin();
        try
        {
            _accounts.TakeOpened(instance);
            foreach (var step in steps)
            {
                if (step is OpeningStep opening)
                {
                    _accounts.Open(opening, instance());
                }
                else if (step is LedgerRecord record)
                {
                    // Once it is recorded, its calls count as closed.
                    _accounts.Settle(record, instance);
                    _rows.Write(record);
                }
            }

            _rows.AddToTotals();
            _accounts.Write(instance);
            Commit();
        }
        catch
        {
            GiveUp();
            throw;
        }

        _accounts.Tell(book);
    }

    /// <summary>Forgets slices of budgets that hold nothing and that no call has asked for lately.</summary>
    /// <returns>Whether others hold something for such calls.</returns>
    public bool ForgetIdleSlices() => _accounts.ForgetIdleSlices();

    /// <summary>Gives that back.</summary>
    public void ReturnIdleSlices(Func<string> instance, BudgetBook? book) =>
        Change(
            () =>
            {
                _accounts.TakeOpened(instance);
                _accounts.ReturnIdleSlices();
            },
            instance,
            book
        );

    /// <summary>Settles what dead processes left open.</summary>
    public void Bury(IReadOnlyList<string> dead, Func<string> instance, BudgetBook? book) =>
        Change(
            () =>
            {
                foreach (var ended in dead)
                {
                    _accounts.Bury(ended);
                }
            },
            instance,
            book
        );

    /// <summary>Deletes a little of what retention lets go, if there is any.</summary>
    public void Prune()
    {
        var now = _time.GetUtcNow();
        var until = _retentionDays is { } days ? _retention.NextRequests(now.AddDays(-days)) : null;
        var accounts = _accountsSeen is not { } seen || _time.GetElapsedTime(seen) >= AccountsInterval;
        if (until is null && !accounts)
        {
            return;
        }

        Begin();
        try
        {
            if (accounts)
            {
                _accounts.Trim();
            }

            if (until is { } moment)
            {
                _retention.DeleteRequests(moment);
            }

            if (accounts)
            {
                // As long as there are more, again at the next upkeep.
                var deleted = _retention.DeleteAccounts(now);
                _accountsSeen = deleted < LedgerRetention.MostAtOnce ? _time.GetTimestamp() : null;
            }

            Commit();

            // Accounts may be gone.
            _ownVersion = null;
        }
        catch
        {
            GiveUp();
            throw;
        }
    }

    /// <summary>Writes nothing, but as a writer would; the file's state is then known.</summary>
    public void Probe(string instance)
    {
        Begin();
        try
        {
            _accounts.Touch(instance);
            Commit();
        }
        catch
        {
            GiveUp();
            throw;
        }
    }

    /// <summary>Processes that are registered as writers.</summary>
    public IReadOnlyList<string> Instances() => _accounts.Instances();

    /// <summary>Tells the balances that others changed since the last time.</summary>
    public void Refresh(BudgetBook book)
    {
        _version.Step();
        var version = _version.Long(0);
        _version.Reset();
        if (version != _seenVersion)
        {
            _accounts.Refresh(book, all: _seenVersion < 0);
            _seenVersion = version;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _version.Dispose();
        _rows.Dispose();
        _accounts.Dispose();
        _retention.Dispose();
        _connection.Dispose();
    }

    /// <summary>Rare work on calls and accounts, in a transaction of its own.</summary>
    private void Change(Action work, Func<string> instance, BudgetBook? book)
    {
        Begin();
        try
        {
            work();
            _rows.AddToTotals();
            _accounts.Write(instance);
            Commit();
        }
        catch
        {
            GiveUp();
            throw;
        }

        _accounts.Tell(book);
    }

    private void Begin()
    {
        var started = _time.GetTimestamp();
        var patience = _waitedInVain ? _shortPatience : _patience;
        var wait = new SpinWait();
        while (!_begin.TryRun())
        {
            if (_time.GetElapsedTime(started) >= patience)
            {
                _waitedInVain = true;
                throw new SqliteException("database is locked", raw.SQLITE_BUSY, raw.SQLITE_BUSY);
            }

            wait.SpinOnce(TriesBeforeSleep);
        }

        _waitedInVain = false;
        if (_ownVersion is null || NativeConnection.VersionOf(_handle) != _ownVersion)
        {
            _accounts.Expire();
        }
    }

    private void Commit()
    {
        _commit.Run();
        _ownVersion = NativeConnection.VersionOf(_handle);
        _checkpointer.OnCommit(_handle);
    }

    private void GiveUp()
    {
        _ownVersion = null;
        _rows.Reset();
        _accounts.Reset();
        _retention.Reset();

        // SQLite ends the transaction itself after some errors (a full disk) and keeps it open after others.
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            _rollback.Run();
        }
    }
}
