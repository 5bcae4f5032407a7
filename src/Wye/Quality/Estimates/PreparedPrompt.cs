namespace Wye.Quality.Estimates;

/// <summary>What an estimator waited for before routing: a remote embedding, or why there is none. Immutable.</summary>
internal sealed record PreparedPrompt
{
    /// <summary>Name of the encoder.</summary>
    public required string Encoder { get; init; }

    /// <summary>The embedding, L2-normalised; empty when it failed.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Why nothing can be estimated, in a few words for <c>why</c>; null = it can.</summary>
    public string? Failure { get; init; }
}
