using System.Runtime.InteropServices;
using SQLitePCL;

namespace Wye.Sqlite.Statements;

/// <summary>What the general binding does not have, of the same library.</summary>
internal static partial class NativeConnection
{
    // SQLITE_FCNTL_DATA_VERSION
    private const int DataVersion = 35;

    /// <summary>
    /// Number of what a connection has read of its file: another one whenever anyone, this connection or another, has committed
    /// in between. Current from the start of a transaction. Costs no statement.
    /// <see href="https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html"/>
    /// </summary>
    /// <returns>The number; null = not known.</returns>
    public static unsafe uint? VersionOf(sqlite3 connection)
    {
        var version = 0u;
        var result = Control(connection.DangerousGetHandle(), null, DataVersion, &version);
        GC.KeepAlive(connection);
        return result == raw.SQLITE_OK ? version : null;
    }

    [LibraryImport(NativeStatement.Library, EntryPoint = "sqlite3_file_control")]
    private static unsafe partial int Control(nint connection, byte* database, int operation, void* argument);
}
