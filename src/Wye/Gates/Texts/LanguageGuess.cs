using System.Collections.Frozen;

namespace Wye.Gates.Texts;

/// <summary>Guesses the language of a text: by its script, and in Latin script by the commonest short words.</summary>
internal static class LanguageGuess
{
    private const int MostCharacters = 1_024;
    private const int LeastLetters = 12;
    private const int LeastWords = 2;

    private static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl"];

    private static readonly FrozenDictionary<string, int> Words = Vocabulary(
        "the and is of to in that it for with as was on are this be you not have from",
        "der die und ist das nicht ein eine mit für auf den von zu im dem sich des auch wird",
        "le les et est une des dans pour que qui pas sur avec du au ce sont il vous nous",
        "el los las y es una que en por con para del se como más pero su al está son",
        "il che è di per una non con del della sono più anche gli nel alla questo ma lo dei",
        "os uma não com para que em do da é mais como dos por são ao foi ele seu você",
        "het een van is niet en dat op te met voor zijn de ook aan bij naar maar deze wordt"
    );

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Two letters; null = cannot tell.</summary>
    public static string? Of(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MostCharacters)];
        Span<int> votes = stackalloc int[Languages.Length];
        var (latin, kana, han, hangul, cyrillic, arabic, hebrew, greek, devanagari) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (char.IsLetter(c))
            {
                start = start < 0 ? i : start;
                switch (c)
                {
                    case < '\u0250':
                        latin++;
                        break;
                    case >= '\u0370' and < '\u0400':
                        greek++;
                        break;
                    case < '\u0530':
                        cyrillic++;
                        break;
                    case >= '\u0590' and < '\u0600':
                        hebrew++;
                        break;
                    case >= '\u0600' and < '\u0780':
                        arabic++;
                        break;
                    case >= '\u0900' and < '\u0980':
                        devanagari++;
                        break;
                    case >= '\u3040' and < '\u3100':
                        kana++;
                        break;
                    case >= '\u4e00' and < '\ua000':
                        han++;
                        break;
                    case >= '\uac00' and < '\ud7b0':
                        hangul++;
                        break;
                }
            }
            else if (start >= 0)
            {
                Vote(text[start..i], votes);
                start = -1;
            }
        }

        var others = kana + han + hangul + cyrillic + arabic + hebrew + greek + devanagari;
        if (others > latin)
        {
            return Script(kana, han, hangul, cyrillic, arabic, hebrew, greek, devanagari);
        }

        return latin < LeastLetters ? null : Winner(votes);
    }

    private static string? Script(
        int kana,
        int han,
        int hangul,
        int cyrillic,
        int arabic,
        int hebrew,
        int greek,
        int hindi
    )
    {
        if (kana > 0 && kana + han >= LeastWords)
        {
            return "ja";
        }

        var most = Math.Max(
            Math.Max(Math.Max(han, hangul), Math.Max(cyrillic, arabic)),
            Math.Max(Math.Max(hebrew, greek), hindi)
        );
        return most < 4 ? null
            : most == han ? "zh"
            : most == hangul ? "ko"
            : most == cyrillic ? "ru"
            : most == arabic ? "ar"
            : most == hebrew ? "he"
            : most == greek ? "el"
            : "hi";
    }

    private static string? Winner(ReadOnlySpan<int> votes)
    {
        var best = 0;
        var second = 0;
        for (var i = 1; i < votes.Length; i++)
        {
            if (votes[i] > votes[best])
            {
                (second, best) = (votes[best], i);
            }
            else
            {
                second = Math.Max(second, votes[i]);
            }
        }

        return votes[best] >= LeastWords && votes[best] > second ? Languages[best] : null;
    }

    private static void Vote(ReadOnlySpan<char> word, Span<int> votes)
    {
        if (word.Length > 8 || !Lookup.TryGetValue(word, out var mask))
        {
            return;
        }

        for (var i = 0; i < votes.Length; i++)
        {
            votes[i] += (mask >> i) & 1;
        }
    }

    private static FrozenDictionary<string, int> Vocabulary(params string[] lists)
    {
        var words = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lists.Length; i++)
        {
            foreach (var word in lists[i].Split(' '))
            {
                words[word] = words.GetValueOrDefault(word) | (1 << i);
            }
        }

        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
