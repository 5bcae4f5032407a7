using System.Collections.Concurrent;

namespace Wye.Delivery.Attempts;

/// <summary>Keeps unused heartbeats. Thread-safe.</summary>
internal sealed class HeartbeatPool(TimeProvider time, DeliveryOptions options)
{
    private const int MostKept = 1024;

    private readonly ConcurrentQueue<Heartbeat> _unused = new();

    /// <summary>A heartbeat that is not started; null = they are switched off.</summary>
    public Heartbeat? Rent() =>
        options.HeartbeatAfter == Timeout.InfiniteTimeSpan ? null
        : _unused.TryDequeue(out var heartbeat) ? heartbeat
        : new Heartbeat(time, options);

    /// <summary>Takes a stopped heartbeat back.</summary>
    public void Return(Heartbeat heartbeat)
    {
        if (_unused.Count < MostKept)
        {
            _unused.Enqueue(heartbeat);
        }
        else
        {
            heartbeat.Dispose();
        }
    }
}
