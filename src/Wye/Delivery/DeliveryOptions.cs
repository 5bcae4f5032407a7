namespace Wye.Delivery;

/// <summary>How delivery waits between retries and what it holds back; bounds of a request stand in its plan.</summary>
public sealed record DeliveryOptions
{
    /// <summary>First wait before the same deployment is called again; doubles with each retry; default 250 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest backoff; default 5 s.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for a retry, a provider's <c>Retry-After</c> included; a longer one fails at once; default 10 s.</summary>
    public TimeSpan MaxRetryWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Least output bound a cost cap may force upon a call, in tokens; below it the call is unaffordable; default 1,024.</summary>
    public int LeastLoweredOutput { get; init; } = 1024;

    /// <summary>Most bytes of a stream that are held back before its first content; default 1 MiB.</summary>
    public int MaxHeldBytes { get; init; } = 1 << 20;

    /// <summary>Most bytes of a streamed answer that are held back for a gate; a longer one fails; default 8 MiB.</summary>
    public int MaxGatedBytes { get; init; } = 8 << 20;

    /// <summary>Share of the running requests that may be in a retry or fallback at once, 0..1; default 0.2.</summary>
    public double RetryShare { get; init; } = 0.2;

    /// <summary>Retries and fallbacks that may always run at once, however few requests there are; default 3.</summary>
    public int LeastRetries { get; init; } = 3;

    /// <summary>Longest time a fallback waits for the retry budget, or for its target to prove well; default 1 s.</summary>
    public TimeSpan RetryPermitWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Time without content after which a streamed request gets its first heartbeat, which spends its HTTP status;
    /// <see cref="Timeout.InfiniteTimeSpan"/> = never; default 10 s.
    /// </summary>
    public TimeSpan HeartbeatAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between heartbeats; default 15 s.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(15);
}
