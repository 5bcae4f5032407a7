using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Wye.Sqlite.Statements;

/// <summary>Turns SQLite's result codes into one line that names the file and the way out.</summary>
internal static class SqliteFault
{
    public static string Describe(string path, SqliteException error) =>
        $"'{path}' "
        + error.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                "is locked by another program. Close what holds it open for writing.",
            raw.SQLITE_FULL => "cannot grow: the disk is full. Free space on its volume.",
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                "is read-only. Give this user the right to write the file and its folder.",
            raw.SQLITE_CANTOPEN =>
                "cannot be opened. Check that its folder exists and that this user may read and write it.",
            raw.SQLITE_NOTADB =>
                "is not a SQLite database. Restore it from a backup, or move it away to start with an empty one.",
            raw.SQLITE_CORRUPT =>
                "is damaged. Restore it from a backup, or move it away (with its -wal file) to start with an empty one.",
            raw.SQLITE_IOERR => $"cannot be read or written ({OneLine(error)}). Check the disk.",
            _ => $"failed ({OneLine(error)}).",
        };

    /// <summary>Whether the rows themselves are the fault.</summary>
    public static bool IsRefusedRow(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    /// <summary>Whether the connection may be worn: a new one sees a file that was replaced or a disk that came back.</summary>
    public static bool WantsNewConnection(SqliteException error) =>
        error.SqliteErrorCode is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL) && !IsRefusedRow(error);

    private static string OneLine(SqliteException error) => error.Message.ReplaceLineEndings(" ");
}
