namespace Wye.Gateway.Metrics;

/// <summary>One time series of an instrument: a sum, or a histogram with fixed bounds.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _sum;
    private long _count;

    public KeyValuePair<string, object?>[] Tags { get; } = tags;

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            for (var i = 0; i < bounds.Length; i++)
            {
                if (value <= bounds[i])
                {
                    _buckets[i]++;
                    break;
                }
            }
        }
    }

    public void Set(double value)
    {
        lock (_gate)
        {
            _sum = value;
        }
    }

    /// <summary>Sum, count, and the per-bucket counts copied into <paramref name="buckets"/> (not cumulative).</summary>
    public (double Sum, long Count) Read(Span<long> buckets)
    {
        lock (_gate)
        {
            _buckets.CopyTo(buckets);
            return (_sum, _count);
        }
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != Tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (
                !string.Equals(tags[i].Key, Tags[i].Key, StringComparison.Ordinal)
                || !Equals(tags[i].Value, Tags[i].Value)
            )
            {
                return false;
            }
        }

        return true;
    }
}
