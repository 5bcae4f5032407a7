using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Wye.Sqlite;

/// <summary>
/// Moves what the write-ahead log holds into the database, on a thread and a connection of its own: a checkpoint waits for the
/// disk twice, and who commits must not.
/// </summary>
/// <remarks>
/// A log is begun anew only where a checkpoint found no more to move, which a busy writer may prevent; so at
/// <see cref="MostPages"/> the writer's own commit makes one. Errors are not told: the same disk fails the next commit.
/// <see href="https://sqlite.org/wal.html"/>
/// </remarks>
internal sealed class Checkpointer(SqliteDatabase database) : IDisposable
{
    /// <summary>Pages in the log, of 4 KiB, from which on a commit makes a checkpoint itself: 64 MiB.</summary>
    public const int MostPages = 16_384;

    /// <summary>Pages written from which on a checkpoint is worth its waits: SQLite's own default.</summary>
    internal const int Worthwhile = 1_000;

    // Each pass moves what was written during the pass before; a busy writer would keep it going for ever.
    private const int MostPasses = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly AutoResetEvent _due = new(initialState: false);
    private Thread? _thread;
    private SqliteConnection? _connection;
    private int _written;
    private int _finished;
    private bool _closing;
    private bool _renewing;

    /// <summary>Checkpoints that left nothing in the log, since the start.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>A connection has committed. One thread at a time.</summary>
    public void OnCommit(sqlite3 connection)
    {
        _ = raw.sqlite3_db_status(connection, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        _written += pages;
        if (_written < Worthwhile || _closing)
        {
            return;
        }

        _written = 0;
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "wye-checkpoint" };
            _thread.Start();
        }

        _due.Set();
    }

    /// <summary>The file may be another by now: the next checkpoint opens it anew.</summary>
    public void Renew() => Volatile.Write(ref _renewing, true);

    /// <summary>Ends the thread; a disk that hangs does not keep the caller longer than 2 s.</summary>
    public void Dispose()
    {
        if (_closing)
        {
            return;
        }

        Volatile.Write(ref _closing, true);
        _due.Set();
        if (_thread?.Join(Patience) != false)
        {
            _due.Dispose();
        }
    }

    private void Run()
    {
        while (true)
        {
            _due.WaitOne();
            if (Volatile.Read(ref _closing))
            {
                break;
            }

            if (Interlocked.Exchange(ref _renewing, false))
            {
                CloseConnection();
            }

            try
            {
                _connection ??= database.OpenWriter();
                Move(_connection.Handle!);
            }
            catch (SqliteException)
            {
                CloseConnection();
            }
        }

        CloseConnection();
    }

    private void Move(sqlite3 connection)
    {
        var left = int.MaxValue;
        for (var pass = 0; pass < MostPasses && !Volatile.Read(ref _closing); pass++)
        {
            var result = raw.sqlite3_wal_checkpoint_v2(
                connection,
                "main",
                raw.SQLITE_CHECKPOINT_PASSIVE,
                out var pages,
                out var moved
            );
            if (result != raw.SQLITE_OK || pages - moved >= left)
            {
                // Another process is at it, the disk fails, or the writer is faster.
                return;
            }

            left = pages - moved;
            if (left == 0)
            {
                Interlocked.Increment(ref _finished);
                return;
            }
        }
    }

    private void CloseConnection()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
