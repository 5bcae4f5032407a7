namespace Wye.Primitives;

/// <summary>Name of a gate in the configuration.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct GateId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
