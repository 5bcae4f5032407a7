namespace Wye.Primitives;

/// <summary>A credential. Prints as <c>***</c>, so that it cannot reach a log, a header or an error by accident.</summary>
public sealed class Secret(string value)
{
    private readonly string _value = string.IsNullOrEmpty(value)
        ? throw new ArgumentException("A secret cannot be empty.", nameof(value))
        : value;

    /// <summary>The value, for the one place that sends it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
