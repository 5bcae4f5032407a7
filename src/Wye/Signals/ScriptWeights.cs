namespace Wye.Signals;

/// <summary>How many tokens text of each script takes, roughly.</summary>
/// <remarks>
/// Own rule-of-thumb figures, not fitted: 4 bytes per token of Latin text is what vendors state for English; for the others
/// a value between older and newer vocabularies was taken (they differ by up to 2×). Code and JSON take more tokens than
/// this says. Good for choosing and for context windows with room to spare; money is reserved by
/// <see cref="SignalSet.PromptTokenBound"/> and settled by what the provider counts.
/// </remarks>
internal static class ScriptWeights
{
    /// <summary>Resolution of the weights.</summary>
    public const int UnitsPerToken = 20;

    /// <summary>A quarter of a token.</summary>
    public const int AsciiByte = 5;

    private const int NotALetter = -1;

    /// <summary>Units of one non-ASCII character: Latin ½ token, Cyrillic 0.4, Greek and Semitic ½, Indic 0.7, others 1; emoji 2.</summary>
    public static int UnitsOf(byte lead, int script) =>
        script switch
        {
            (int)TextScript.Latin => 10,
            (int)TextScript.Cyrillic => 8,
            (int)TextScript.Greek or (int)TextScript.Semitic => 10,
            (int)TextScript.Indic => 14,
            NotALetter when lead >= 0xF0 => 40,
            _ => 20,
        };

    /// <summary>Script of the character that starts with these two bytes; −1 = a symbol or punctuation.</summary>
    public static int ScriptOf(byte lead, byte second) =>
        (int)(
            lead switch
            {
                0xC2 => (TextScript)NotALetter,
                <= 0xCB => TextScript.Latin,
                0xCC => TextScript.Latin,
                0xCD => second < 0xB0 ? TextScript.Latin : TextScript.Greek,
                0xCE or 0xCF => TextScript.Greek,
                0xD0 or 0xD1 or 0xD2 or 0xD3 => TextScript.Cyrillic,
                0xD4 => second < 0xB0 ? TextScript.Cyrillic : TextScript.Other,
                0xD5 => TextScript.Other,
                0xD6 => second < 0x90 ? TextScript.Other : TextScript.Semitic,
                <= 0xDF => TextScript.Semitic,
                0xE0 => second is >= 0xA4 and <= 0xB7 ? TextScript.Indic
                : second < 0xA4 ? TextScript.Semitic
                : TextScript.Other,
                0xE1 => second switch
                {
                    >= 0xBC => TextScript.Greek,
                    >= 0xB8 => TextScript.Latin,
                    >= 0x84 and <= 0x87 => TextScript.EastAsian,
                    _ => TextScript.Other,
                },
                0xE2 => (TextScript)NotALetter,
                0xE3 => second < 0x81 ? (TextScript)NotALetter : TextScript.EastAsian,
                <= 0xE9 => TextScript.EastAsian,
                0xEA => second >= 0xB0 ? TextScript.EastAsian : TextScript.Other,
                <= 0xED => TextScript.EastAsian,
                0xEE => (TextScript)NotALetter,
                0xEF => second switch
                {
                    >= 0xA4 and <= 0xAB => TextScript.EastAsian,
                    >= 0xAC and <= 0xBB => TextScript.Semitic,
                    _ => (TextScript)NotALetter,
                },
                _ => lead == 0xF0 && second is >= 0xA0 and <= 0xB3 ? TextScript.EastAsian : (TextScript)NotALetter,
            }
        );
}
