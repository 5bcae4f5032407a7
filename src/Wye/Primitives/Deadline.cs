namespace Wye.Primitives;

/// <summary>A moment on the monotonic clock by which something must be done.</summary>
/// <param name="Timestamp">As <see cref="TimeProvider.GetTimestamp"/> counts; <see cref="long.MaxValue"/> = never.</param>
public readonly record struct Deadline(long Timestamp)
{
    /// <summary>No deadline.</summary>
    public static Deadline Never => new(long.MaxValue);

    /// <summary>
    /// The moment <paramref name="span"/> from now; never, for <see cref="Timeout.InfiniteTimeSpan"/> and for what the clock
    /// cannot count. A negative span has passed already.
    /// </summary>
    public static Deadline In(TimeSpan span, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return In(span, time, time.GetTimestamp());
    }

    /// <summary>The same from a moment that was read already.</summary>
    internal static Deadline In(TimeSpan span, TimeProvider time, long now)
    {
        if (span == Timeout.InfiniteTimeSpan)
        {
            return Never;
        }

        // A conversion from double saturates; the sum must as well, or a far deadline would have passed already.
        var ticks = (long)(span.TotalSeconds * time.TimestampFrequency);
        return ticks > long.MaxValue - Math.Max(now, 0) ? Never : new(now + ticks);
    }

    /// <summary>Time left; zero when past, <see cref="TimeSpan.MaxValue"/> when there is no deadline.</summary>
    public TimeSpan Remaining(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Timestamp == long.MaxValue ? TimeSpan.MaxValue : Remaining(time, time.GetTimestamp());
    }

    /// <summary>The same at a moment that was read already.</summary>
    internal TimeSpan Remaining(TimeProvider time, long now)
    {
        if (Timestamp == long.MaxValue)
        {
            return TimeSpan.MaxValue;
        }

        var left = time.GetElapsedTime(now, Timestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
