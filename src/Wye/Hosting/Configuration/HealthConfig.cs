namespace Wye.Hosting.Configuration;

/// <summary>When a deployment is left alone, as written under <c>health</c>.</summary>
public sealed record HealthConfig
{
    /// <summary>Consecutive failures before a cooldown; null = 5.</summary>
    public int? AllowedFails { get; init; }

    /// <summary>First cooldown; null = 30 s.</summary>
    public TimeSpan? Cooldown { get; init; }

    /// <summary>Longest cooldown; null = 5 min.</summary>
    public TimeSpan? MaxCooldown { get; init; }
}
