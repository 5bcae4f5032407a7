namespace Wye.Chat;

/// <summary>Names a wire format.</summary>
/// <param name="Name">Lower case, as in configuration: <c>openai</c>, <c>anthropic</c>.</param>
public readonly record struct DialectId(string Name)
{
    /// <summary>OpenAI chat completions, and every server that speaks it.</summary>
    public static readonly DialectId OpenAi = new("openai");

    /// <summary>Anthropic messages.</summary>
    public static readonly DialectId Anthropic = new("anthropic");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
