namespace Wye.Gates.Texts;

/// <summary>Questions to a row of tokens.</summary>
internal static class TextTokenSpans
{
    private const int UnitWords = 4;

    /// <summary>Whether a number stands just before the end, with nothing but a unit's words behind it.</summary>
    public static bool ContainsNumberNear(this ReadOnlySpan<TextToken> tokens)
    {
        for (var i = tokens.Length - 1; i >= Math.Max(0, tokens.Length - UnitWords); i--)
        {
            if (tokens[i].Kind is TextTokenKind.Number or TextTokenKind.Close)
            {
                return true;
            }

            if (tokens[i].Kind != TextTokenKind.Word && tokens[i] is not { Kind: TextTokenKind.Operator, Sign: '/' })
            {
                return false;
            }
        }

        return false;
    }
}
