namespace Wye.Gates.Texts;

/// <summary>An equation found in a text, computed again.</summary>
/// <param name="Computed">What the side with operators comes to.</param>
/// <param name="Stated">What the text says it comes to.</param>
/// <param name="Holds">Whether the two agree as far as the stated number was rounded.</param>
/// <param name="At">Index of the equals sign among the tokens.</param>
internal readonly record struct Equation(double Computed, double Stated, bool Holds, int At)
{
    /// <summary>First token of the computed side.</summary>
    public int From { get; init; }

    /// <summary>Just past the last token of the computed side.</summary>
    public int To { get; init; }
}
