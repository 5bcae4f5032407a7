using System.Buffers;
using System.Text;

namespace Wye.Dialects.Text;

/// <summary>Makes what a provider wrote fit to be shown: no mark-up, no control characters, no keys, at most 1,000 characters.</summary>
internal static class UpstreamText
{
    /// <summary>Most characters kept.</summary>
    public const int MaxLength = 1000;

    private static readonly string[] KeyPrefixes =
    [
        "sk-",
        "sk_",
        "pk-",
        "rk-",
        "gsk_",
        "xai-",
        "hf_",
        "pplx-",
        "r8_",
        "fw_",
        "nvapi-",
        "AIza",
        "AKIA",
        "eyJ",
    ];

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n\"'`,;:=()[]{}<>");

    /// <summary>The text to show; null when nothing is left.</summary>
    public static string? Clean(string text)
    {
        var cut = text.Length > MaxLength * 8 ? text[..(MaxLength * 8)] : text;
        var plain = WithoutMarkup(cut);
        var safe = WithoutKeys(plain).Trim();
        if (safe.Length > MaxLength)
        {
            var end = char.IsHighSurrogate(safe[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
            safe = string.Concat(safe.AsSpan(0, end), "…");
        }

        return safe.Length == 0 ? null : safe;
    }

    private static string WithoutMarkup(string text)
    {
        // Only a body that is mark-up is stripped: "expected x < y" in a JSON message stays as it is.
        var start = text.AsSpan().TrimStart();
        var markup = start.Length > 1 && start[0] == '<' && (char.IsAsciiLetter(start[1]) || start[1] is '!' or '?');
        var kept = new StringBuilder(text.Length);
        var inTag = false;
        var hidden = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (markup && c == '<')
            {
                hidden = Opens(text, i, "script") || Opens(text, i, "style") || (hidden && !Closes(text, i));
                inTag = true;
            }
            else if (inTag || hidden)
            {
                inTag &= c != '>';
            }
            else
            {
                Append(kept, c);
                continue;
            }

            Append(kept, ' ');
        }

        return kept.ToString();
    }

    private static bool Opens(string text, int at, string tag) =>
        text.AsSpan(at + 1).StartsWith(tag, StringComparison.OrdinalIgnoreCase);

    private static bool Closes(string text, int at) =>
        text.AsSpan(at + 1).StartsWith("/script", StringComparison.OrdinalIgnoreCase)
        || text.AsSpan(at + 1).StartsWith("/style", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder kept, char c)
    {
        // Bidirectional overrides can disguise a line in a log or on a page.
        var blank =
            char.IsControl(c)
            || char.IsWhiteSpace(c)
            || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
        if (!blank)
        {
            kept.Append(c);
        }
        else if (kept.Length > 0 && kept[^1] != ' ')
        {
            kept.Append(' ');
        }
    }

    private static string WithoutKeys(string text)
    {
        StringBuilder? kept = null;
        var rest = text.AsSpan();
        var bearer = false;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(WordEnds);
            var word = end < 0 ? rest : rest[..end];
            var secret = IsKey(word) || (bearer && word.Length >= 8);
            if (secret && kept is null)
            {
                kept = new StringBuilder(text.Length).Append(text.AsSpan(0, text.Length - rest.Length));
            }

            kept?.Append(secret ? "***" : word);
            if (word.Length > 0)
            {
                bearer = word.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
            }

            if (end < 0)
            {
                break;
            }

            kept?.Append(rest[end]);
            rest = rest[(end + 1)..];
        }

        return kept?.ToString() ?? text;
    }

    private static bool IsKey(ReadOnlySpan<char> word)
    {
        const int ShortestKey = 10;
        if (word.Length < ShortestKey)
        {
            return false;
        }

        foreach (var prefix in KeyPrefixes)
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
