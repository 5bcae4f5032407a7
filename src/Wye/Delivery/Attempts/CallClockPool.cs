using System.Collections.Concurrent;

namespace Wye.Delivery.Attempts;

/// <summary>Keeps unused clocks. Thread-safe.</summary>
internal sealed class CallClockPool(TimeProvider time)
{
    private const int MostKept = 1024;

    private readonly ConcurrentQueue<CallClock> _clocks = new();

    /// <summary>A clock that is not started.</summary>
    public CallClock Rent() => _clocks.TryDequeue(out var clock) ? clock : new CallClock(time);

    /// <summary>Takes a clock back; one that has fired is let go.</summary>
    public void Return(CallClock clock)
    {
        if (clock.TryReset() && _clocks.Count < MostKept)
        {
            _clocks.Enqueue(clock);
        }
    }
}
