using System.Collections.Frozen;

namespace Wye.Gates.Texts;

/// <summary>Numbers written as English words, as questions use them.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, double> Values = new Dictionary<string, double>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["fifteen"] = 15,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["hundred"] = 100,
        ["dozen"] = 12,
        ["half"] = 0.5,
        ["twice"] = 2,
        ["double"] = 2,
        ["doubled"] = 2,
        ["thrice"] = 3,
        ["triple"] = 3,
        ["tripled"] = 3,
        ["quarter"] = 0.25,
        ["third"] = 1d / 3,
        ["thirds"] = 1d / 3,
        ["fifth"] = 0.2,
        ["week"] = 7,
        ["year"] = 12,
        ["hour"] = 60,
        ["minute"] = 60,
        ["day"] = 24,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number; false = the word is none.</summary>
    public static bool TryGet(ReadOnlySpan<char> word, out double value) => Lookup.TryGetValue(word, out value);
}
