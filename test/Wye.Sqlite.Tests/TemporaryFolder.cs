namespace Wye.Sqlite;

/// <summary>A folder that is deleted at the end of its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("wye-sqlite-").FullName;

    public string Root { get; }

    public string DatabaseFile => File("wye.db");

    public SqliteOptions Options => new() { Path = DatabaseFile };

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
