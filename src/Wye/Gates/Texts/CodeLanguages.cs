using System.Collections.Frozen;

namespace Wye.Gates.Texts;

/// <summary>Languages by the tags of code fences.</summary>
internal static class CodeLanguages
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["json"] = "json",
        ["xml"] = "xml",
        ["svg"] = "xml",
        ["xaml"] = "xml",
        ["sql"] = "sql",
        ["postgresql"] = "sql",
        ["sqlite"] = "sql",
        ["tsql"] = "sql",
        ["python"] = "python",
        ["py"] = "python",
        ["python3"] = "python",
        ["csharp"] = "csharp",
        ["cs"] = "csharp",
        ["c#"] = "csharp",
        ["java"] = "csharp",
        ["go"] = "csharp",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly CodeSyntax Sql = new(
        "--",
        BlockComment: true,
        Escapes: false,
        Triple: false,
        Indented: false
    )
    {
        StringsSpanLines = true,
    };

    private static readonly CodeSyntax Python = new(
        "#",
        BlockComment: false,
        Escapes: true,
        Triple: true,
        Indented: true
    );

    private static readonly CodeSyntax CSharp = new(
        "//",
        BlockComment: true,
        Escapes: true,
        Triple: true,
        Indented: false
    )
    {
        QuoteIsCharacter = true,
    };

    /// <summary>The language of a tag; null = it is not read.</summary>
    public static string? Of(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOfAny(' ', '{', ':');
        return Lookup.TryGetValue(end < 0 ? tag : tag[..end], out var name) ? name : null;
    }

    /// <summary>How a language is written that is read lexically.</summary>
    public static CodeSyntax SyntaxOf(string language) =>
        language switch
        {
            "sql" => Sql,
            "python" => Python,
            _ => CSharp,
        };
}
