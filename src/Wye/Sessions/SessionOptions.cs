namespace Wye.Sessions;

/// <summary>How many conversations are remembered, and for how long.</summary>
public sealed record SessionOptions
{
    /// <summary>Most conversations at once; the one unused for longest goes first; ≥ 1, default 50,000 (about 10 MB).</summary>
    public int Capacity { get; init; } = 50_000;

    /// <summary>How long a conversation is remembered after its last answer; default 10 min.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the provider's prompt cache is believed to last after the last answer; default 5 min, what Anthropic states and
    /// the lower end of what OpenAI does (5 to 10 min).
    /// </summary>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
