using System.Globalization;
using System.Text.RegularExpressions;

namespace Wye.Architecture;

/// <summary>The rules of the house as functions from a file to what is wrong with it, one line each.</summary>
internal static partial class Rules
{
    public const int MaxFileLines = 400;
    public const int MaxFolderFiles = 20;
    public const int MaxReadmeLines = 25;

    private static readonly HashSet<string> BannedWords = new(StringComparer.Ordinal)
    {
        "Manager",
        "Managers",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utility",
        "Utilities",
        "Common",
        "Data",
        "Info",
    };

    /// <summary>A room uses only the rooms its row of the table names.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isType">Whether a full name, e.g. <c>Wye.Chat.ChatRole</c>, is a type: finds names relative to <c>Wye</c>.</param>
    public static IEnumerable<string> RoomUse(SourceFile file, Func<string, bool> isType)
    {
        if (file.Room is not { } room)
        {
            yield break;
        }

        if (!RoomTable.Rooms.ContainsKey(room))
        {
            yield return $"{file.Path}: room '{room}' is not in the table.";
            yield break;
        }

        var absolute = FullName().Matches(file.Code).Select(match => match.Groups["room"].Value);
        var relative = RelativeName()
            .Matches(file.Code)
            .Where(match => isType($"Wye.{match.Groups["room"].Value}.{match.Groups["type"].Value}"))
            .Select(match => match.Groups["room"].Value);
        foreach (var used in absolute.Concat(relative).Distinct(StringComparer.Ordinal))
        {
            if (!RoomTable.MayUse(room, used))
            {
                yield return $"{file.Path}: room '{room}' may not use '{used}'.";
            }
        }
    }

    /// <summary>The namespace is the folder.</summary>
    public static IEnumerable<string> Namespace(SourceFile file)
    {
        var expected = string.Join('.', file.Parts[1..^1]);
        var match = NamespaceLine().Match(file.Code);
        if (!match.Success)
        {
            if (file.Parts[^1] is not "Program.cs")
            {
                yield return $"{file.Path}: no file-scoped namespace; write 'namespace {expected};'.";
            }
        }
        else if (!string.Equals(match.Groups["name"].Value, expected, StringComparison.Ordinal))
        {
            yield return $"{file.Path}: namespace '{match.Groups["name"].Value}' is not the folder's, '{expected}'.";
        }
    }

    /// <summary>At most one public type per file, and the file has its name.</summary>
    public static IEnumerable<string> OnePublicType(SourceFile file)
    {
        var names = PublicType().Matches(file.Code).Select(match => match.Groups["name"].Value).ToList();
        var distinct = names.Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count > 1)
        {
            yield return $"{file.Path}: {distinct.Count} public types: {string.Join(", ", distinct)}.";
        }

        var stem = file.Parts[^1].Split('.')[0];
        if (distinct.Count == 1 && !string.Equals(stem, distinct[0], StringComparison.Ordinal))
        {
            yield return $"{file.Path}: holds '{distinct[0]}'; name the file after it.";
        }
    }

    /// <summary>No type is named after what it might contain.</summary>
    public static IEnumerable<string> Names(SourceFile file)
    {
        foreach (Match match in AnyType().Matches(file.Code))
        {
            var name = match.Groups["name"].Value;
            var last = Word().Matches(name).LastOrDefault()?.Value ?? name;
            if (BannedWords.Contains(last) || Version().IsMatch(name))
            {
                yield return $"{file.Path}: '{name}' says nothing; name what it is.";
            }
        }
    }

    /// <summary>A file fits a mind.</summary>
    public static IEnumerable<string> Length(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        if (lines > MaxFileLines)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Path}: {lines} lines; split it (at most {MaxFileLines})."
            );
        }
    }

    /// <summary>A folder fits a screen; one line for each that does not. What stands in its sub-folders does not count.</summary>
    public static IEnumerable<string> Folders(IEnumerable<SourceFile> files) =>
        files
            .GroupBy(file => file.Path[..file.Path.LastIndexOf('/')], StringComparer.Ordinal)
            .Select(folder => (Path: folder.Key, Files: folder.Count()))
            .Where(folder => folder.Files > MaxFolderFiles)
            .Select(folder =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder.Path}: {folder.Files} files; split it (at most {MaxFolderFiles})."
                )
            );

    /// <summary>What is here is finished.</summary>
    public static IEnumerable<string> Unfinished(SourceFile file) =>
        Debt().Matches(file.Text).Select(match => $"{file.Path}: '{match.Value}'; finish it or write an issue.");

    /// <summary>Every room says what it is, briefly; null = there is no such file.</summary>
    public static IEnumerable<string> Readme(string room, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return $"src/Wye/{room}: no README.md.";
        }
        else if (text.AsSpan().TrimEnd('\n').Count('\n') + 1 is var lines && lines > MaxReadmeLines)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"src/Wye/{room}/README.md: {lines} lines (at most {MaxReadmeLines})."
            );
        }
    }

    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture;

    private const string TypeKeyword = @"(record\s+struct|record\s+class|class|struct|record|interface|enum)";

    [GeneratedRegex(@"\bWye\.(?<room>[A-Z]\w*)", Options, 10_000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?<room>[A-Z]\w*)\.(?<type>[A-Z]\w*)", Options, 10_000)]
    private static partial Regex RelativeName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", Options, 10_000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(
        @"^public\s+([a-z]+\s+)*?(" + TypeKeyword + @"|delegate\s+[\w<>?\[\],. ]+?)\s+(?<name>\w+)\s*[<({:;\r\n]",
        Options,
        10_000
    )]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b" + TypeKeyword + @"\s+(?<name>[A-Z]\w*)", Options, 10_000)]
    private static partial Regex AnyType();

    [GeneratedRegex("[A-Z][a-z0-9]*", Options, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[a-z]V?[2-9]$", Options, 10_000)]
    private static partial Regex Version();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b", Options, 10_000)]
    private static partial Regex Debt();
}
