using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>One database file: opens it, brings it to the present schema, gives connections. Thread-safe.</summary>
internal sealed class SqliteDatabase
{
    // Starting may wait for another process that is migrating; requests may not.
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(5);

    private readonly SqliteOptions _options;
    private readonly string _writeString;
    private readonly string _readString;

    private SqliteDatabase(SqliteOptions options, string path)
    {
        _options = options;
        Path = path;
        _writeString = ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: false);
        _readString = ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Makes the file when missing, checks it, migrates it.</summary>
    /// <exception cref="SqliteStoreException">It cannot be used.</exception>
    public static SqliteDatabase Open(SqliteOptions options) => Open(options, Schema.Steps);

    internal static SqliteDatabase Open(SqliteOptions options, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            throw new ArgumentException("Path names no file.", nameof(options));
        }

        Batteries_V2.Init();

        // Absolute, so that neither ":memory:" nor a "file:" address means anything else than a file of that name.
        var path = System.IO.Path.GetFullPath(options.Path);
        var database = new SqliteDatabase(options, path);
        try
        {
            SqliteFile.EnsureExists(path);
            if (options.MustBeWritable)
            {
                InstanceLease.Try(path);
            }

            using var connection = new SqliteConnection(database._writeString);
            connection.Open();
            SetBusyTimeout(connection, OpenPatience);
            SqliteMigration.Run(connection, path, steps);
            if (options.MustBeWritable)
            {
                RefuseReadOnly(connection);
            }

            return database;
        }
        catch (SqliteException error)
        {
            throw new SqliteStoreException(SqliteFault.Describe(path, error), error);
        }
    }

    /// <summary>A connection for writing; its owner closes it.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(_writeString);
        try
        {
            connection.Open();
            SetBusyTimeout(connection, _options.BusyTimeout);
            Execute(
                connection,
                _options.Durability == SqliteDurability.Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"
            );
            Execute(connection, "PRAGMA journal_size_limit=67108864");
            Execute(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint={Checkpointer.MostPages}")
            );
            Execute(connection, "PRAGMA trusted_schema=OFF");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A pooled connection that cannot write.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the pooled connections.</summary>
    public void ClearReaders()
    {
        using var connection = new SqliteConnection(_readString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Runs work on the file on a thread of the pool: SQLite blocks, a request's thread must not.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="unavailable">Makes the exception that callers know from what happened and its cause.</param>
    /// <param name="cancellationToken">Stops it before it begins.</param>
    public Task<T> RunAsync<T>(
        Func<T> work,
        Func<string, Exception, Exception> unavailable,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () =>
            {
                try
                {
                    return work();
                }
                catch (SqliteException error)
                {
                    throw unavailable(SqliteFault.Describe(Path, error), error);
                }
            },
            cancellationToken
        );

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// What SQLite may not write it opens for reading, without a word, and even BEGIN IMMEDIATE succeeds there. Asks without writing,
    /// so that a full disk passes.
    /// </summary>
    internal static void RefuseReadOnly(SqliteConnection connection)
    {
        if (raw.sqlite3_db_readonly(connection.Handle!, "main") == 1)
        {
            throw new SqliteException("attempt to write a readonly database", raw.SQLITE_READONLY);
        }
    }

    private static void SetBusyTimeout(SqliteConnection connection, TimeSpan timeout) =>
        Execute(
            connection,
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(int)timeout.TotalMilliseconds}")
        );

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooling,
            // The provider repeats a locked command this long on top of SQLite's own wait; 1 s is its least.
            DefaultTimeout = 1,
        }.ToString();
}
