namespace Wye.Health;

/// <summary>Calls and failures of the last 30 s in buckets of 1 s. Not thread-safe: its owner locks.</summary>
internal sealed class FailureWindow
{
    /// <summary>Number of buckets, each of 1 s.</summary>
    public const int Seconds = 30;

    private readonly int[] _calls = new int[Seconds];
    private readonly int[] _failures = new int[Seconds];
    private long _second;

    /// <summary>Calls that ended within the window.</summary>
    public int Calls { get; private set; }

    /// <summary>Those of them that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts one finished call.</summary>
    /// <param name="second">Whole seconds on the monotonic clock.</param>
    /// <param name="failed">Whether it failed.</param>
    public void Add(long second, bool failed)
    {
        MoveTo(second);
        var bucket = Bucket(_second);
        _calls[bucket]++;
        Calls++;
        if (failed)
        {
            _failures[bucket]++;
            Failures++;
        }
    }

    /// <summary>Drops what has left the window.</summary>
    public void MoveTo(long second)
    {
        if (second - _second >= Seconds)
        {
            Clear();
            _second = second;
            return;
        }

        while (_second < second)
        {
            var bucket = Bucket(++_second);
            Calls -= _calls[bucket];
            Failures -= _failures[bucket];
            _calls[bucket] = 0;
            _failures[bucket] = 0;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_calls);
        Array.Clear(_failures);
        Calls = 0;
        Failures = 0;
    }

    private static int Bucket(long second) => (int)(second % Seconds);
}
