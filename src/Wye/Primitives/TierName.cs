namespace Wye.Primitives;

/// <summary>Name of a tier: an ordered quality class of models, e.g. <c>small</c>.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct TierName(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
