namespace Wye.Architecture;

/// <summary>The repository's files, found from where the tests run.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Full: path, Relative: Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Where(file => !file.Relative.Split('/').Any(part => part is "obj" or "bin"))
            .OrderBy(file => file.Relative, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.Relative, File.ReadAllText(file.Full))),
    ];

    /// <summary>Every folder of the library that is a room.</summary>
    public static IReadOnlyList<string> Rooms { get; } =
    [
        .. Directory
            .EnumerateDirectories(Path.Combine(Root, "src", "Wye"))
            .Select(path => Path.GetFileName(path))
            .Where(name => name is not ("obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Wye.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Wye.slnx above '{AppContext.BaseDirectory}'.");
    }
}
