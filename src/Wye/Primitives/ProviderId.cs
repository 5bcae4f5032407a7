namespace Wye.Primitives;

/// <summary>Name of a provider in the configuration, e.g. <c>openai</c>.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct ProviderId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
