namespace Wye.Primitives;

/// <summary>Name of one callable endpoint of a model, by default <c>provider/model</c>.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct DeploymentId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
