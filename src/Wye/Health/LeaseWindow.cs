namespace Wye.Health;

/// <summary>Calls under way, counted by when they began, so that one whose end was lost expires. Not thread-safe: its owner locks.</summary>
internal sealed class LeaseWindow
{
    /// <summary>Longest that a call counts as under way: longer than the default total time of a request, 600 s.</summary>
    public const int LifetimeSeconds = 900;

    private const int BucketSeconds = 10;
    private const int Buckets = (LifetimeSeconds / BucketSeconds) + 1;

    private readonly int[] _counts = new int[Buckets];
    private long _bucket;

    /// <summary>Calls under way that have not expired.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a call in.</summary>
    public void Add(long second)
    {
        MoveTo(second);
        _counts[Index(_bucket)]++;
        Count++;
    }

    /// <summary>Counts a call out; nothing when it has expired.</summary>
    public void Remove(long second)
    {
        var bucket = second / BucketSeconds;
        if (bucket > _bucket || _bucket - bucket >= Buckets || _counts[Index(bucket)] == 0)
        {
            return;
        }

        _counts[Index(bucket)]--;
        Count--;
    }

    /// <summary>Drops what has expired.</summary>
    public void MoveTo(long second)
    {
        var bucket = second / BucketSeconds;
        if (bucket - _bucket >= Buckets)
        {
            Array.Clear(_counts);
            Count = 0;
            _bucket = bucket;
            return;
        }

        while (_bucket < bucket)
        {
            var index = Index(++_bucket);
            Count -= _counts[index];
            _counts[index] = 0;
        }
    }

    private static int Index(long bucket) => (int)(bucket % Buckets);
}
