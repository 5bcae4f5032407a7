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
}
