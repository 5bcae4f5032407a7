namespace Wye.Access.Limits;

/// <summary>
/// Sums amounts over the last 60 s in 120 slots of half a second and the present one: a slot leaves when all of it is older
/// than 60 s, so that no 60 s ever hold more than what was let in. At most half a second is given away.
/// </summary>
/// <remarks>Not thread-safe: its owner locks. The clock is monotonic; a step back counts as no step.</remarks>
internal sealed class MovingWindow(TimeProvider time)
{
    /// <summary>What is summed over.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private const int SlotsPerLength = 120;
    private const int Slots = SlotsPerLength + 1;

    private readonly long _slotTicks = time.TimestampFrequency * (long)Length.TotalSeconds / SlotsPerLength;
    private readonly long[] _amounts = new long[Slots];
    private long _present = long.MinValue;

    /// <summary>What the window holds, as of the last <see cref="AdvanceTo"/>.</summary>
    public long Sum { get; private set; }

    /// <summary>Number of the present slot, as of the last <see cref="AdvanceTo"/>.</summary>
    public long Present => _present;

    /// <summary>Lets slots go that are too old by now.</summary>
    public void AdvanceTo(long timestamp)
    {
        var slot = timestamp / _slotTicks;
        if (slot <= _present)
        {
            return;
        }

        var steps = _present == long.MinValue ? Slots : Math.Min(slot - _present, Slots);
        for (var i = 0L; i < steps; i++)
        {
            ref var amount = ref _amounts[IndexOf(slot - i)];
            Sum -= amount;
            amount = 0;
        }

        _present = slot;
    }

    /// <summary>Takes an amount into the present slot.</summary>
    public void Add(long amount)
    {
        _amounts[IndexOf(_present)] += amount;
        Sum += amount;
    }

    /// <summary>
    /// Corrects what was taken in a slot. When that slot has left, what is too little is taken now and what was too much has
    /// left with it.
    /// </summary>
    public void Correct(long slot, long difference)
    {
        if (slot > _present - Slots)
        {
            _amounts[IndexOf(slot)] += difference;
            Sum += difference;
        }
        else if (difference > 0)
        {
            Add(difference);
        }
    }

    /// <summary>Until enough has left that an amount fits under a limit; zero = it fits now; null = it never will.</summary>
    public TimeSpan? UntilFits(long timestamp, long amount, long limit)
    {
        if (amount > limit)
        {
            return null;
        }

        var left = Sum;
        for (var slot = _present - Slots + 1; left + amount > limit && slot <= _present; slot++)
        {
            left -= _amounts[IndexOf(slot)];
            if (left + amount <= limit)
            {
                return UntilLeaves(slot, timestamp);
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Until the window is empty if nothing more comes.</summary>
    public TimeSpan UntilEmpty(long timestamp)
    {
        for (var slot = _present; slot > _present - Slots; slot--)
        {
            if (_amounts[IndexOf(slot)] != 0)
            {
                return UntilLeaves(slot, timestamp);
            }
        }

        return TimeSpan.Zero;
    }

    private TimeSpan UntilLeaves(long slot, long timestamp) =>
        time.GetElapsedTime(timestamp, Math.Max(timestamp, (slot + Slots) * _slotTicks));

    private static int IndexOf(long slot) => (int)(((slot % Slots) + Slots) % Slots);
}
