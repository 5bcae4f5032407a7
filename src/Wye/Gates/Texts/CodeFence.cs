namespace Wye.Gates.Texts;

/// <summary>Finds fenced code blocks.</summary>
internal static class CodeFence
{
    private const string Mark = "```";

    /// <summary>The next block.</summary>
    /// <param name="rest">What follows; moved past the block.</param>
    /// <param name="tag">The language its fence names; empty = none.</param>
    /// <param name="code">What stands between the fences.</param>
    /// <param name="closed">Whether the block ends.</param>
    /// <returns>False when there is no further block.</returns>
    public static bool Next(
        ref ReadOnlySpan<char> rest,
        out ReadOnlySpan<char> tag,
        out ReadOnlySpan<char> code,
        out bool closed
    )
    {
        tag = default;
        code = default;
        closed = false;
        var start = Find(rest);
        if (start < 0)
        {
            return false;
        }

        rest = rest[(start + Mark.Length)..];
        var line = rest.IndexOf('\n');
        if (line < 0)
        {
            tag = rest.Trim();
            rest = default;
            return true;
        }

        tag = rest[..line].Trim(" \t\r`");
        rest = rest[(line + 1)..];
        var end = Find(rest);
        closed = end >= 0;
        code = closed ? rest[..end] : rest;
        rest = closed ? rest[(end + Mark.Length)..] : default;
        return true;
    }

    /// <summary>A fence stands at the beginning of a line.</summary>
    private static int Find(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (true)
        {
            var at = text[from..].IndexOf(Mark, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            var before = text[..at].TrimEnd(" \t");
            if (before.IsEmpty || before[^1] == '\n')
            {
                return at;
            }

            from = at + Mark.Length;
        }
    }
}
