namespace Wye.Signals.Features;

/// <summary>Scalar features in the order they are written; counts are log(1 + n), ratios are per byte of user text.</summary>
/// <remarks>None depends on letter case or on the amount of whitespace, so that harmless edits keep the choice.</remarks>
internal enum ScalarFeature
{
    /// <summary>Bytes of user text, whitespace runs counted once.</summary>
    Length,

    /// <summary>Words.</summary>
    Words,

    /// <summary>Mean bytes per word, at most 16.</summary>
    WordLength,

    /// <summary>Share of long words (nine letters or more).</summary>
    LongWords,

    /// <summary>Runs of digits.</summary>
    Numbers,

    /// <summary>Longest run of digits, at most 12.</summary>
    NumberLength,

    /// <summary>Runs of digits per word.</summary>
    NumberShare,

    /// <summary>Decimal or thousands marks between digits.</summary>
    Decimals,

    /// <summary>Operators and relation signs: + * / = ^ and angle brackets.</summary>
    Operators,

    /// <summary>Backslashes and dollar signs (TeX, money).</summary>
    Tex,

    /// <summary>Braces, brackets, semicolons and underscores.</summary>
    Code,

    /// <summary>Code fences and backticks.</summary>
    Fences,

    /// <summary>Question marks.</summary>
    Questions,

    /// <summary>Full stops and exclamation marks that end a word.</summary>
    Sentences,

    /// <summary>Commas.</summary>
    Commas,

    /// <summary>Colons and bars.</summary>
    Colons,

    /// <summary>Quotation marks.</summary>
    Quotes,

    /// <summary>Percent signs.</summary>
    Percent,

    /// <summary>Share of bytes outside ASCII.</summary>
    NonAscii,

    /// <summary>Words that negate: not, except, never, false, incorrect, least, cannot.</summary>
    Negations,

    /// <summary>Words that compare or quantify: all, both, only, each, twice, half, more, less, than.</summary>
    Quantifiers,

    /// <summary>Blanks to fill: runs of three or more underscores.</summary>
    Blanks,

    /// <summary>Lettered choices found, "A." to "J.".</summary>
    Choices,

    /// <summary>Bytes before the first choice.</summary>
    StemLength,

    /// <summary>Mean bytes of a choice.</summary>
    ChoiceLength,

    /// <summary>Longest minus shortest choice, bytes.</summary>
    ChoiceSpread,

    /// <summary>Share of choices that start with a digit, sign or dollar.</summary>
    NumericChoices,

    /// <summary>Distinct words over words.</summary>
    Variety,

    /// <summary>Number of tools offered.</summary>
    Tools,

    /// <summary>Bytes of tool definitions.</summary>
    ToolsLength,

    /// <summary>Share of the user's words that tool definitions hold.</summary>
    ToolWords,

    /// <summary>Share of the tool names' words that the user says.</summary>
    ToolNames,

    /// <summary>Bytes of system prompt.</summary>
    SystemLength,

    /// <summary>Number of scalar features; not a feature.</summary>
    Count,
}
