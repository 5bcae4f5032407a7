namespace Wye.Access.Limits;

/// <summary>Why a key's limit lets a request not in.</summary>
/// <param name="Kind">The limit.</param>
/// <param name="Limit">Its value.</param>
/// <param name="Asked">What the request would have added.</param>
/// <param name="RetryAfter">When it would fit if nothing else came; null = never, or nobody knows (concurrency).</param>
public readonly record struct LimitRefusal(LimitKind Kind, long Limit, long Asked, TimeSpan? RetryAfter)
{
    /// <summary>Whether waiting does not help: the request alone is above the limit.</summary>
    public bool IsHopeless => Asked > Limit;
}
