using System.Buffers;

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

    private static readonly SearchValues<string> AnyUsual = SearchValues.Create(
        Usual,
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>What follows the last marker on its line, or on the next one; empty = there is none.</summary>
    public static ReadOnlySpan<char> Find(ReadOnlySpan<char> text, string? marker = null)
    {
        var (best, length) = marker is null
            ? LastUsual(text)
            : (text.LastIndexOf(marker, StringComparison.OrdinalIgnoreCase), marker.Length);
        if (best < 0)
        {
            return default;
        }

        var rest = text[(best + length)..].TrimStart(" \t\r\n:*{$\\(=");
        var line = rest.IndexOf('\n');
        return (line < 0 ? rest : rest[..line]).Trim(" \t\r.*}$");
    }

    // Forward from marker to marker: the search for many words at once is vectorised, a search for the last one is not.
    private static (int At, int Length) LastUsual(ReadOnlySpan<char> text)
    {
        var (best, from) = (-1, 0);
        while (text[from..].IndexOfAny(AnyUsual) is >= 0 and var next)
        {
            best = from + next;
            from = best + 1;
        }

        if (best >= 0)
        {
            foreach (var one in Usual)
            {
                if (text[best..].StartsWith(one, StringComparison.OrdinalIgnoreCase))
                {
                    return (best, one.Length);
                }
            }
        }

        return (-1, 0);
    }

    /// <summary>The result, or the last line that says anything.</summary>
    public static ReadOnlySpan<char> FindOrLastLine(ReadOnlySpan<char> text, string? marker = null)
    {
        var result = Find(text, marker);
        return result.IsEmpty ? LastLine(text) : result;
    }

    /// <summary>The last line that says anything.</summary>
    public static ReadOnlySpan<char> LastLine(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd();
        var line = trimmed.LastIndexOf('\n');
        return trimmed[(line + 1)..].Trim();
    }
}
