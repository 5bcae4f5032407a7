namespace Wye.Primitives;

/// <summary>Name of a model: weights as their provider names them, e.g. <c>gpt-4o-mini</c>.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct ModelId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
