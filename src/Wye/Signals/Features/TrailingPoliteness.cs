using System.Text;

namespace Wye.Signals.Features;

/// <summary>Cuts "please", "thanks!" and their like from the end of a prompt, so that manners do not change a route.</summary>
/// <remarks>ASCII case and the marks after a phrase do not matter. A text of nothing but such phrases stays as it is.</remarks>
internal static class TrailingPoliteness
{
    // Longer chains are no courtesy, and the time per prompt stays bounded.
    private const int MostPhrases = 4;

    // Longest first, so that no part of a phrase is left.
    private static readonly byte[][] s_phrases =
    [
        .. new[]
        {
            "please",
            "thanks",
            "thank you",
            "many thanks",
            "thanks a lot",
            "thanks so much",
            "thank you so much",
            "thank you very much",
            "thanks in advance",
            "thank you in advance",
            "many thanks in advance",
            "thanks a lot in advance",
            "thank you so much in advance",
            "thank you very much in advance",
            "thanks for your help",
            "thank you for your help",
            "thanks for the help",
            "thank you for the help",
            "please help",
            "please help me",
            "i appreciate your help",
            "i appreciate it",
        }
            .OrderByDescending(static phrase => phrase.Length)
            .Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>The text up to its trailing phrases, without spaces at its end.</summary>
    /// <param name="text">UTF-8 text.</param>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> whole = text.TrimEnd(" \t\r\n"u8);
        ReadOnlySpan<byte> rest = whole;
        for (int count = 0; count < MostPhrases; count++)
        {
            ReadOnlySpan<byte> words = rest.TrimEnd(" \t\r\n.,;!~:)-"u8);
            int phrase = PhraseLength(words);
            if (phrase == 0)
                break;
            // A comma or dash led to the phrase; a full stop or question mark ends the sentence before it.
            rest = words[..^phrase].TrimEnd(" \t\r\n,;-"u8);
        }

        return rest.IsEmpty ? whole : rest;
    }

    private static int PhraseLength(ReadOnlySpan<byte> text)
    {
        foreach (byte[] phrase in s_phrases)
        {
            int before = text.Length - phrase.Length;
            if (before < 0 || !Ascii.EqualsIgnoreCase(text[before..], phrase))
                continue;
            // The end of a longer word is no phrase.
            if (before == 0 || (text[before - 1] < 0x80 && !char.IsAsciiLetterOrDigit((char)text[before - 1])))
                return phrase.Length;
        }

        return 0;
    }
}
