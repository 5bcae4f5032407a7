namespace Wye.Cli;

/// <summary>The repository's own labelled set, and small sets made from it.</summary>
internal static class SampleLabelled
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the set.</summary>
    public static string Folder { get; } = Path.Combine(Root, "samples", "labelled");

    /// <summary>Copies the first questions of the set into a folder of its own.</summary>
    public static void CopyTo(string folder, int questions, int skip = 0)
    {
        Directory.CreateDirectory(folder);
        string[] kept = [.. File.ReadLines(Path.Combine(Folder, "queries.jsonl")).Skip(skip).Take(questions)];
        var ids = kept.Select(line => line.Split('"')[3]).ToHashSet(StringComparer.Ordinal);
        File.WriteAllLines(Path.Combine(folder, "queries.jsonl"), kept);
        File.WriteAllLines(
            Path.Combine(folder, "results.csv"),
            File.ReadLines(Path.Combine(Folder, "results.csv"))
                .Where((line, i) => i == 0 || ids.Contains(line.Split(',')[0]))
        );
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Wye.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
