namespace Wye.Gateway;

/// <summary>
/// Whether the heap has grown so far beyond what it needs, or has not been collected for so long, that a collection pays while
/// calls run. The runtime by itself lets what lived for a second, such as a finished stream, lie until the oldest generation has
/// nearly doubled: at some tens of calls per second for half an hour and more.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class HeapGrowth(TimeProvider time)
{
    /// <summary>A heap of fewer bytes is let be until <see cref="Patience"/> is over.</summary>
    public const long Floor = 48 << 20;

    /// <summary>Growth over the least seen since the newest collection here that is let be.</summary>
    public const double Factor = 1.4;

    /// <summary>Between two collections lies so many times what the first took: a hundredth of the time at most.</summary>
    public const int Repose = 100;

    /// <summary>Since the newest collection here, after which there is another whatever the size.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private long _least = long.MaxValue;
    private long _collectedAt = time.GetTimestamp();
    private TimeSpan _repose;

    /// <summary>Takes note of the heap's size; whether to collect.</summary>
    /// <param name="bytes">Size now.</param>
    public bool IsDue(long bytes)
    {
        _least = Math.Min(_least, bytes);
        var hasGrown = bytes >= Floor && bytes >= Factor * _least;
        return time.GetElapsedTime(_collectedAt) >= (hasGrown ? _repose : Patience);
    }

    /// <summary>A collection has left the heap as small as it gets.</summary>
    /// <param name="bytes">Size after it.</param>
    /// <param name="took">Time everything stood still.</param>
    public void OnCollected(long bytes, TimeSpan took)
    {
        _least = bytes;
        _repose = Repose * took;
        _collectedAt = time.GetTimestamp();
    }
}
