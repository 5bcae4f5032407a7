using System.Text;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>Puts user text into a message: in quotes, printable, short.</summary>
internal static class Quotation
{
    private const int MaxLength = 60;

    /// <summary>How keys of known providers begin; one that was written in the wrong place must not be repeated.</summary>
    private static readonly string[] SecretBeginnings = ["sk-", "sk_", "gsk_", "xai-", "AIza", "Bearer ", "eyJ"];

    public static bool LooksSecret(string text) =>
        text.Length > 10
        && Array.Exists(SecretBeginnings, beginning => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    public static string Of(string text)
    {
        if (LooksSecret(text))
        {
            return "'***'";
        }

        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length > MaxLength)
            {
                quoted.Append('…');
                break;
            }

            var category = Rune.GetUnicodeCategory(rune);
            // Format characters reorder or hide text on a terminal, so they are as unwelcome as control characters.
            var printable =
                category
                is not (
                    System.Globalization.UnicodeCategory.Control
                    or System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator
                    or System.Globalization.UnicodeCategory.Surrogate
                    or System.Globalization.UnicodeCategory.OtherNotAssigned
                );
            quoted.Append(printable ? rune.ToString() : "?");
        }

        return quoted.Append('\'').ToString();
    }
}
