namespace Wye.Hosting.Configuration;

/// <summary>An embeddings endpoint as written under <c>learning.encoder</c>.</summary>
public sealed record EncoderConfig
{
    /// <summary>One of the configured providers; it speaks the OpenAI dialect.</summary>
    public string? Provider { get; init; }

    /// <summary>Name of the embedding model there.</summary>
    public string? Model { get; init; }

    /// <summary>Longest wait for one embedding; null = 200 ms.</summary>
    public TimeSpan? Timeout { get; init; }
}
