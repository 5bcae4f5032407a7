namespace Wye.Primitives;

/// <summary>Public id of the virtual key a request came with; never its secret.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct KeyId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
