namespace Wye.Hosting.Configuration;

/// <summary>Time limits of a route, as written under <c>timeouts</c>.</summary>
public sealed record TimeoutsConfig
{
    /// <summary>Until the response head or the first frame; null = 60 s.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Between frames; null = 30 s.</summary>
    public TimeSpan? InterToken { get; init; }

    /// <summary>The whole request; null = 600 s.</summary>
    public TimeSpan? Total { get; init; }
}
