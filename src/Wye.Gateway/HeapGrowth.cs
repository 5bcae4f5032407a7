namespace Wye.Gateway;

/// <summary>
/// Whether the heap has grown so far beyond what it needs that a collection pays while calls run. The runtime by itself lets what
/// lived for a second, such as a finished stream, lie until the oldest generation has nearly doubled.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class HeapGrowth(TimeProvider time)
{
    /// <summary>A heap of fewer bytes is let be.</summary>
    public const long Floor = 48 << 20;

    /// <summary>Growth over the least seen since the newest collection here that is let be.</summary>
    public const double Factor = 1.4;

    /// <summary>Between two collections lies so many times what the first took: a hundredth of the time at most.</summary>
    public const int Repose = 100;

    private long _least = long.MaxValue;
    private long _collectedAt;
    private TimeSpan _repose;

    /// <summary>Takes note of the heap's size; whether to collect.</summary>
    /// <param name="bytes">Size now.</param>
    public bool IsDue(long bytes)
    {
        _least = Math.Min(_least, bytes);
        return bytes >= Floor && bytes >= Factor * _least && time.GetElapsedTime(_collectedAt) >= _repose;
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
