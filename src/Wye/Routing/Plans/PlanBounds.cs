namespace Wye.Routing.Plans;

/// <summary>Bounds over one whole request.</summary>
public sealed record PlanBounds
{
    /// <summary>All at their defaults.</summary>
    internal static PlanBounds Default { get; } = new();

    /// <summary>Most calls caused by failure, the first call included; ≥ 1, default 3.</summary>
    public int MaxFailureAttempts { get; init; } = PlanDefaults.MaxFailureAttempts;

    /// <summary>Most upstream calls whatever for; ≥ 1, default 8.</summary>
    public int MaxUpstreamCalls { get; init; } = PlanDefaults.MaxUpstreamCalls;

    /// <summary>Until the response head, or the first frame of a stream; default 60 s.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Until the whole of an unstreamed answer is there; null = five times <see cref="FirstToken"/>, so 300 s by default.</summary>
    public TimeSpan? Reply { get; init; }

    /// <summary><see cref="Reply"/>, or what stands in for it.</summary>
    public TimeSpan ReplyLimit => Reply ?? FirstToken * 5;

    /// <summary>Between frames of a stream; default 30 s.</summary>
    public TimeSpan InterToken { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole request; default 600 s.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(600);
}
