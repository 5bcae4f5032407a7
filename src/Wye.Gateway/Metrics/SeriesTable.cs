using System.Diagnostics.Metrics;

namespace Wye.Gateway.Metrics;

/// <summary>All series of one instrument; bounded, so that no caller can grow it: what is over the bound shares one series.</summary>
internal sealed class SeriesTable(Instrument instrument, double[] bounds)
{
    public const int MaxSeries = 1_000;
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    // Most instruments have a few series, which are found faster one by one than by a hash of their labels.
    private const int Few = 8;

    private readonly Lock _gate = new();
    private volatile Series[] _first = [];
    private readonly Dictionary<int, List<Series>> _byHash = [];
    private readonly List<Series> _all = [];

    public Instrument Instrument { get; } = instrument;

    public double[] Bounds { get; } = bounds;

    public Series[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _all];
        }
    }

    public Series For(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in _first)
        {
            if (series.Has(tags))
            {
                return series;
            }
        }

        lock (_gate)
        {
            if (Find(tags) is { } known)
            {
                return known;
            }

            return _all.Count < MaxSeries ? Make(tags) : Find(Overflow) ?? Make(Overflow);
        }
    }

    private static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, value) in tags)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byHash.TryGetValue(Hash(tags), out var bucket))
        {
            foreach (var series in bucket)
            {
                if (series.Has(tags))
                {
                    return series;
                }
            }
        }

        return null;
    }

    private Series Make(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = new Series(tags.ToArray(), Bounds);
        var hash = Hash(tags);
        if (!_byHash.TryGetValue(hash, out var bucket))
        {
            _byHash[hash] = bucket = [];
        }

        bucket.Add(series);
        _all.Add(series);
        if (_all.Count <= Few)
        {
            _first = [.. _all];
        }

        return series;
    }
}
