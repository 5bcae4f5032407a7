namespace Wye.Primitives;

/// <summary>A moment on the monotonic clock by which something must be done.</summary>
/// <param name="Timestamp">As <see cref="TimeProvider.GetTimestamp"/> counts; <see cref="long.MaxValue"/> = never.</param>
public readonly record struct Deadline(long Timestamp)
{
    /// <summary>No deadline.</summary>
    public static Deadline Never => new(long.MaxValue);

    /// <summary>The moment <paramref name="span"/> from now.</summary>
    public static Deadline In(TimeSpan span, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new(time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>Time left; zero when past, <see cref="TimeSpan.MaxValue"/> when there is no deadline.</summary>
    public TimeSpan Remaining(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (Timestamp == long.MaxValue)
        {
            return TimeSpan.MaxValue;
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), Timestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
