namespace Wye.Health;

/// <summary>When a deployment is left alone, and for how long.</summary>
public sealed record HealthOptions
{
    /// <summary>Consecutive failures after which a deployment cools down; ≥ 1, default 5.</summary>
    public int AllowedFailures { get; init; } = 5;

    /// <summary>First cooldown; grows with each one in a row; default 30 s.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest cooldown; default 5 min.</summary>
    public TimeSpan MaxCooldown { get; init; } = TimeSpan.FromMinutes(5);
}
