namespace Wye.Cli.Http;

/// <summary>A chat request as the command line sends it.</summary>
/// <param name="Model">Route, alias or model.</param>
/// <param name="Prompt">The user's message.</param>
internal sealed record ChatAsk(string Model, string Prompt)
{
    /// <summary>Whether the answer is streamed.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether sample tools are offered.</summary>
    public bool Tools { get; init; }

    /// <summary>Whether the answer must be JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Output bound in tokens; null = the model's own.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Headers to add, e.g. <c>x-wye-step-kind</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
