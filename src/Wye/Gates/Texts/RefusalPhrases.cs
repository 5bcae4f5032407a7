using System.Buffers;

namespace Wye.Gates.Texts;

/// <summary>Phrases by which models decline or hedge.</summary>
internal static class RefusalPhrases
{
    private const int Opening = 400;

    private static readonly SearchValues<string> Declining = SearchValues.Create(
        [
            "i can't help",
            "i cannot help",
            "i can't assist",
            "i cannot assist",
            "i'm sorry, but i can",
            "i’m sorry, but i can",
            "i am sorry, but i can",
            "i'm unable to",
            "i am unable to",
            "i'm not able to",
            "i am not able to",
            "as an ai",
            "i cannot provide",
            "i can't provide",
            "i won't be able",
            "i must decline",
            "i cannot fulfill",
            "i can't fulfill",
            "i don't have access",
            "i do not have access",
            "there is not enough information",
            "not enough information to",
            "cannot be determined",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> Hedging = SearchValues.Create(
        [
            "i think",
            "i believe",
            "i'm not sure",
            "i am not sure",
            "not certain",
            "it seems",
            "it is possible that",
            "probably",
            "perhaps",
            "might be",
            "i guess",
            "as far as i know",
            "unclear",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Whether the beginning declines.</summary>
    public static bool Declines(ReadOnlySpan<char> text) =>
        text[..Math.Min(text.Length, Opening)].ContainsAny(Declining);

    /// <summary>Number of hedges.</summary>
    public static int Hedges(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (text.IndexOfAny(Hedging) is var at and >= 0)
        {
            count++;
            text = text[(at + 5)..];
        }

        return count;
    }
}
