using System.Runtime.InteropServices;

namespace Wye.Sqlite.Statements;

/// <summary>
/// The few functions of SQLite that are called dozens of times per request, without the marshalling and the counted handle of
/// the general binding, which cost more than the functions do. From the same library; the statement is kept alive by its owner.
/// </summary>
/// <remarks>
/// None of them waits or calls back, so the collector need not be told of them. What may wait or write (step) goes through the
/// general binding.
/// </remarks>
internal static partial class NativeStatement
{
    /// <summary>Where the general binding has SQLite from, too.</summary>
    public const string Library = "e_sqlite3";

    /// <summary>SQLITE_TRANSIENT: SQLite copies the text before it returns.</summary>
    private const nint Copied = -1;

    public static unsafe int BindText(nint statement, int position, ReadOnlySpan<byte> utf8)
    {
        // An empty span would be a null pointer, which SQLite reads as NULL.
        byte nothing = 0;
        fixed (byte* text = utf8)
        {
            return BindText(statement, position, text is null ? &nothing : text, utf8.Length, Copied);
        }
    }

    public static unsafe int BindBlob(nint statement, int position, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* blob = bytes)
        {
            return BindBlob(statement, position, blob, bytes.Length, Copied);
        }
    }

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindInteger(nint statement, int position, long value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double")]
    public static partial int BindReal(nint statement, int position, double value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int position);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static unsafe partial int BindText(nint statement, int position, byte* text, int length, nint destructor);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static unsafe partial int BindBlob(nint statement, int position, byte* blob, int length, nint destructor);
}
