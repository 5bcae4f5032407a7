namespace Wye.Health;

/// <summary>When a deployment is left alone, and for how long.</summary>
public sealed record HealthOptions
{
    /// <summary>Consecutive failures after which a deployment cools down; ≥ 1, default 5.</summary>
    public int AllowedFailures { get; init; } = 5;

    /// <summary>Share of failed calls in the moving window at which a deployment cools down, 0..1; default 0.5.</summary>
    public double AllowedFailureRate { get; init; } = 0.5;

    /// <summary>Calls the moving window of 30 s must hold before <see cref="AllowedFailureRate"/> counts; ≥ 1, default 10.</summary>
    public int FailureRateCalls { get; init; } = 10;

    /// <summary>First cooldown; the nth in a row lasts n times as long; default 30 s.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest cooldown, jitter included; default 5 min.</summary>
    public TimeSpan MaxCooldown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Random share added to a cooldown, so that deployments do not come back together; 0..1, default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>First cooldown after a rate limit that names no time; grows like <see cref="Cooldown"/>; default 1 s.</summary>
    public TimeSpan RateLimitCooldown { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a deployment whose account is used up is left alone, when the provider names no time; default 15 min.</summary>
    public TimeSpan QuotaPark { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a deployment that refuses our credential is left alone; default 5 min.</summary>
    public TimeSpan UnauthorizedPark { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a deployment that does not know its model is left alone; default 15 min.</summary>
    public TimeSpan ModelNotFoundPark { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Most of a time named by a provider (<c>Retry-After</c>) that is believed; default 1 h.</summary>
    public TimeSpan MaxStatedPark { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Calls in spite of a cooldown that may run at once on one deployment before <see cref="ForcedEvery"/> counts; ≥ 1, default 3.</summary>
    public int ForcedAtOnce { get; init; } = 3;

    /// <summary>
    /// While that many run, one more is let through whenever this time has passed, so that calls stuck in a dead provider do
    /// not hide its recovery; default 1 s.
    /// </summary>
    public TimeSpan ForcedEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer proves that a deployment is well; fallbacks to such a one need no retry budget; default 5 s.</summary>
    public TimeSpan ProvenFor { get; init; } = TimeSpan.FromSeconds(5);
}
