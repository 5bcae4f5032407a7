namespace Wye.Gates.Texts;

/// <summary>Python's blocks: what ends in a colon is followed by deeper lines, and nothing else is deeper.</summary>
internal static class IndentedBlocks
{
    private const int Deepest = 64;
    private static readonly string[] Openers =
    [
        "def",
        "class",
        "if",
        "elif",
        "else",
        "for",
        "while",
        "try",
        "except",
        "finally",
        "with",
        "async",
        "match",
        "case",
    ];

    /// <summary>Whether the blocks hold. Lines inside brackets and long strings are passed.</summary>
    public static bool Hold(ReadOnlySpan<char> code)
    {
        Span<int> levels = stackalloc int[Deepest];
        var (depth, expects, brackets, inString) = (0, false, 0, false);
        var first = true;
        foreach (var raw in code.EnumerateLines())
        {
            var line = WithoutComment(raw);
            var toggles = CountOf(raw, "\"\"\"") + CountOf(raw, "'''");
            var continues = brackets > 0 || inString;
            inString ^= toggles % 2 == 1;
            if (line.Trim().IsEmpty)
            {
                continue;
            }

            if (continues)
            {
                brackets += Balance(line);
                continue;
            }

            var indent = Indent(line);
            if (first)
            {
                (levels[0], first) = (indent, false);
            }

            if (expects ? indent <= levels[depth] : indent > levels[depth])
            {
                return false;
            }

            if (expects)
            {
                if (++depth == Deepest)
                {
                    return false;
                }

                levels[depth] = indent;
            }

            while (depth > 0 && indent < levels[depth])
            {
                depth--;
            }

            if (indent != levels[depth])
            {
                return false;
            }

            brackets += Balance(line);
            expects = brackets == 0 && Opens(line.Trim());
            if (brackets == 0 && !expects && MissesColon(line.Trim()))
            {
                return false;
            }
        }

        return !expects;
    }

    private static bool Opens(ReadOnlySpan<char> line) => line[^1] == ':' && StartsBlock(line);

    private static bool MissesColon(ReadOnlySpan<char> line) =>
        (line.StartsWith("def ", StringComparison.Ordinal) || line.StartsWith("class ", StringComparison.Ordinal))
        && !line.Contains(':');

    private static bool StartsBlock(ReadOnlySpan<char> line)
    {
        foreach (var opener in Openers)
        {
            if (
                line.StartsWith(opener, StringComparison.Ordinal)
                && (
                    line.Length == opener.Length
                    || !char.IsLetterOrDigit(line[opener.Length]) && line[opener.Length] != '_'
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote == '\0' && line[i] == '#')
            {
                return line[..i];
            }

            if (line[i] is '"' or '\'')
            {
                quote =
                    quote == '\0' ? line[i]
                    : quote == line[i] ? '\0'
                    : quote;
            }
            else if (line[i] == '\\')
            {
                i++;
            }
        }

        return line;
    }

    private static int Balance(ReadOnlySpan<char> line) =>
        line.Count('(') + line.Count('[') + line.Count('{') - line.Count(')') - line.Count(']') - line.Count('}');

    private static int CountOf(ReadOnlySpan<char> line, string what)
    {
        var count = 0;
        var rest = line;
        while (rest.IndexOf(what, StringComparison.Ordinal) is var at and >= 0)
        {
            count++;
            rest = rest[(at + what.Length)..];
        }

        return count;
    }

    private static int Indent(ReadOnlySpan<char> line)
    {
        var indent = 0;
        foreach (var c in line)
        {
            if (c == ' ')
            {
                indent++;
            }
            else if (c == '\t')
            {
                indent += 8 - (indent % 8);
            }
            else
            {
                break;
            }
        }

        return indent;
    }
}
