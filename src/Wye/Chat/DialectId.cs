namespace Wye.Chat;

/// <summary>Names a wire format.</summary>
/// <param name="Name">Lower case, as in configuration: <c>openai</c>, <c>anthropic</c>.</param>
public readonly record struct DialectId(string Name)
{
    /// <summary>OpenAI chat completions, and every server that speaks it.</summary>
    public static readonly DialectId OpenAi = new("openai");

    /// <summary>Anthropic messages.</summary>
    public static readonly DialectId Anthropic = new("anthropic");

    /// <summary>OpenAI responses; callers only.</summary>
    public static readonly DialectId Responses = new("responses");

    /// <summary>OpenAI completions of a prompt, the older form.</summary>
    public static readonly DialectId Completions = new("completions");

    /// <summary>OpenAI embeddings.</summary>
    public static readonly DialectId Embeddings = new("embeddings");

    /// <summary>Google Gemini's generateContent; providers only.</summary>
    public static readonly DialectId Gemini = new("gemini");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
