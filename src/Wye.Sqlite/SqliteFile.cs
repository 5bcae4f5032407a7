namespace Wye.Sqlite;

/// <summary>Makes a database file that only its owner may read.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <exception cref="SqliteStoreException">It cannot be made.</exception>
    public static void EnsureExists(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new SqliteStoreException($"'{path}' is a folder. Name a file in it.");
            }

            if (File.Exists(path))
            {
                return;
            }

            MakeFolder(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                // SQLite gives the -wal and -shm files the mode of the database.
                options.UnixCreateMode = OwnerFile;
            }

            using var file = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it meanwhile.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SqliteStoreException(
                $"'{path}' cannot be made ({error.Message}). Name a file in a folder that this user may write.",
                error
            );
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }
}
