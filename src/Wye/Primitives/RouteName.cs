namespace Wye.Primitives;

/// <summary>Name of a route: what a client sends as <c>model</c>.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct RouteName(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
