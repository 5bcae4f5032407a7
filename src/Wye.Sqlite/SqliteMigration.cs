using System.Globalization;
using Microsoft.Data.Sqlite;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>Brings a database to the present schema in one transaction, or refuses it.</summary>
internal static class SqliteMigration
{
    /// <exception cref="SqliteStoreException">It was written by a newer Wye or belongs to another program.</exception>
    public static void Run(SqliteConnection connection, string path, IReadOnlyList<string> steps)
    {
        // Refused before anything is written, the journal mode included. One reading, lest another process migrates between
        // its parts.
        using (connection.BeginTransaction(deferred: true))
        {
            Check(connection, path, steps.Count);
        }

        var mode = (string)Scalar(connection, "PRAGMA journal_mode=WAL")!;
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
        {
            throw new SqliteStoreException(
                $"'{path}' cannot use a write-ahead log ({mode}). Put it on a local disk, not on a network share."
            );
        }

        // Immediate: of two processes that start at once, the second sees what the first has done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Check(connection, path, steps.Count);
        if (version == steps.Count)
        {
            return;
        }

        for (var step = version; step < steps.Count; step++)
        {
            SqliteDatabase.Execute(connection, steps[step]);
        }

        SqliteDatabase.Execute(connection, Pragma("application_id", Schema.ApplicationId));
        SqliteDatabase.Execute(connection, Pragma("user_version", steps.Count));
        transaction.Commit();
    }

    private static int Check(SqliteConnection connection, string path, int known)
    {
        var application = (long)Scalar(connection, "PRAGMA application_id")!;
        var version = (long)Scalar(connection, "PRAGMA user_version")!;
        var objects = (long)Scalar(connection, "SELECT count(*) FROM sqlite_schema")!;
        if (application == 0 && version == 0 && objects == 0)
        {
            return 0;
        }

        if (application != Schema.ApplicationId)
        {
            throw new SqliteStoreException(
                $"'{path}' is a database of another program. Name another file for Wye's store."
            );
        }

        return version <= known
            ? (int)version
            : throw new SqliteStoreException(
                $"'{path}' was written by a newer Wye (schema {version}, this one knows {known}). Run that version, or name another file."
            );
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    // A pragma takes no parameters; both values are our own integers.
    private static string Pragma(string name, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA {name}={value}");
}
