namespace Wye.Gates.Texts;

/// <summary>A piece of text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Length">Characters.</param>
/// <param name="Value">Value of a number; a percentage is a hundredth.</param>
internal readonly record struct TextToken(TextTokenKind Kind, int Start, int Length, double Value = 0)
{
    /// <summary>Sign of an operator: one of <c>+ - * /</c>.</summary>
    public char Sign { get; init; }

    /// <summary>Digits behind the decimal point of a number.</summary>
    public byte Decimals { get; init; }

    /// <summary>Whether a percent sign follows the number.</summary>
    public bool Percent { get; init; }
}
