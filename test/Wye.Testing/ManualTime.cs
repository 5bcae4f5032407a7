namespace Wye.Testing;

/// <summary>A clock that stands still until told to move; timers fire on the thread that moves it, in order of their due time.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();

    // By due time, then by the order of arming.
    private readonly SortedSet<ManualTimer> _timers = new(
        Comparer<ManualTimer>.Create(
            static (one, other) =>
                one.Due != other.Due ? one.Due.CompareTo(other.Due) : one.Order.CompareTo(other.Order)
        )
    );
    private long _ticks;
    private long _armings;

    /// <summary>Starts at 2026-01-01T00:00Z.</summary>
    public DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _ticks));

    /// <summary>Timers that are armed.</summary>
    public int Armed
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Time until the next timer fires; null = none is armed.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : new TimeSpan(_timers.Min!.Due - _ticks);
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    /// <summary>Moves the clock, stopping at every timer on the way.</summary>
    public void Advance(TimeSpan span)
    {
        var target = Interlocked.Read(ref _ticks) + span.Ticks;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        Interlocked.Exchange(ref _ticks, target);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            var next = _timers.Min;
            if (next is null || next.Due > target)
            {
                return null;
            }

            Interlocked.Exchange(ref _ticks, Math.Max(next.Due, _ticks));
            _timers.Remove(next);
            if (next.Period > 0)
            {
                Arm(next, next.Due + next.Period);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, long due)
    {
        (timer.Due, timer.Order) = (due, _armings++);
        _timers.Add(timer);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; }

        public long Order { get; set; }

        public long Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                Period = period > TimeSpan.Zero ? period.Ticks : 0;
                if (dueTime < TimeSpan.Zero)
                {
                    return true;
                }

                time.Arm(this, time._ticks + dueTime.Ticks);
                if (dueTime > TimeSpan.Zero)
                {
                    return true;
                }

                time._timers.Remove(this);
            }

            // Due at once, as the system's timers are: on another thread, so that no lock of the caller is held.
            ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
