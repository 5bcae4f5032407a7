namespace Wye.Gates.Texts;

/// <summary>Finds the marked result of an answer.</summary>
internal static class FinalAnswer
{
    private static readonly string[] Usual =
    [
        "####",
        "\\boxed",
        "final answer",
        "answer:",
        "the answer is",
        "**answer**",
    ];

    /// <summary>What follows the last marker on its line, or on the next one; empty = there is none.</summary>
    public static ReadOnlySpan<char> Find(ReadOnlySpan<char> text, string? marker = null)
    {
        var (best, length) = (-1, 0);
        foreach (var one in marker is null ? Usual : [marker])
        {
            var at = text.LastIndexOf(one, StringComparison.OrdinalIgnoreCase);
            if (at > best)
            {
                (best, length) = (at, one.Length);
            }
        }

        if (best < 0)
        {
            return default;
        }

        var rest = text[(best + length)..].TrimStart(" \t\r\n:*{$\\(=");
        var line = rest.IndexOf('\n');
        return (line < 0 ? rest : rest[..line]).Trim(" \t\r.*}$");
    }

    /// <summary>The result, or the last line that says anything.</summary>
    public static ReadOnlySpan<char> FindOrLastLine(ReadOnlySpan<char> text, string? marker = null)
    {
        var result = Find(text, marker);
        if (!result.IsEmpty)
        {
            return result;
        }

        var trimmed = text.TrimEnd();
        var line = trimmed.LastIndexOf('\n');
        return trimmed[(line + 1)..].Trim();
    }
}
