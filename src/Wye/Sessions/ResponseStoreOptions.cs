namespace Wye.Sessions;

/// <summary>Bounds of <see cref="ResponseStore"/>.</summary>
internal sealed record ResponseStoreOptions
{
    /// <summary>How long a response may be continued after it was given; default 1 h.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most responses held; default 10,000.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>Most bytes held; default 64 MB.</summary>
    public long Bytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Most bytes of one response with its conversation; a larger one is not kept; default 8 MB.</summary>
    public long BytesOfOne { get; init; } = 8L * 1024 * 1024;
}
