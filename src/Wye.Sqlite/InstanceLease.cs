using System.Security.Cryptography;
using Wye.Sqlite.Calls;

namespace Wye.Sqlite;

/// <summary>
/// Shows other processes that this one lives: a small file beside the database, locked for as long as the process runs. The
/// system drops the lock when it ends, however it ends.
/// </summary>
internal sealed class InstanceLease : IDisposable
{
    // The system's own words for a disk that is mounted read-only: EROFS, and ERROR_WRITE_PROTECT as a result code.
    private static readonly int ReadOnlyDisk = OperatingSystem.IsWindows() ? unchecked((int)0x80070013) : 30;

    private readonly FileStream _file;

    private InstanceLease(string database, string id, FileStream file)
    {
        Id = id;
        _file = file;
        IsReliable = !IsFree(database, id);
    }

    /// <summary>Name of this process among those of the database.</summary>
    public string Id { get; }

    /// <summary>Whether locks are kept here at all; if not, nobody can be told from the dead.</summary>
    public bool IsReliable { get; }

    /// <exception cref="IOException">The file cannot be made.</exception>
    public static InstanceLease Take(string database)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(database, id, new FileStream(PathOf(database, id), options));
    }

    /// <summary>Takes one and gives it back, to see whether files can be made there. A full disk passes: it may have room later.</summary>
    /// <exception cref="SqliteStoreException">None can be made.</exception>
    public static void Try(string database)
    {
        try
        {
            Take(database).Dispose();
        }
        catch (Exception error) when (error is UnauthorizedAccessException || error.HResult == ReadOnlyDisk)
        {
            throw new SqliteStoreException(
                $"'{database}' cannot be used: no file can be made beside it ({error.Message}). Give this user the right to write its folder, on a disk that is not read-only.",
                error
            );
        }
        catch (IOException)
        {
            // Told by the first write, if it is still so then.
        }
    }

    /// <summary>Whether the process of that name has ended.</summary>
    public static bool IsFree(string database, string id)
    {
        try
        {
            using var file = new FileStream(PathOf(database, id), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes away the files of a process that has ended.</summary>
    public static void Clear(string database, string id)
    {
        CallFile.Delete(database, id);
        try
        {
            File.Delete(PathOf(database, id));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays behind, empty and harmless.
        }
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string database, string id) => $"{database}.lease-{id}";
}
