namespace Wye.Gates.Texts;

/// <summary>How a language writes comments and strings.</summary>
/// <param name="LineComment">Begins a comment to the end of the line; null = none.</param>
/// <param name="BlockComment">Whether <c>/* */</c> is a comment.</param>
/// <param name="Escapes">Whether a backslash escapes in strings.</param>
/// <param name="Triple">Whether three quotes make a string over several lines.</param>
/// <param name="Indented">Whether blocks are made by a colon and indentation.</param>
internal sealed record CodeSyntax(string? LineComment, bool BlockComment, bool Escapes, bool Triple, bool Indented)
{
    /// <summary>Whether a single quote holds one character and not a string.</summary>
    public bool QuoteIsCharacter { get; init; }

    /// <summary>Whether strings may run over lines.</summary>
    public bool StringsSpanLines { get; init; }
}
