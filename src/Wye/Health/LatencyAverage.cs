namespace Wye.Health;

/// <summary>A moving average of latency that rises at once and falls slowly (peak-EWMA). Thread-safe.</summary>
/// <remarks>
/// After Finagle's <c>P2CPeakEwma</c>: an answer slower than the average becomes the average; a faster one pulls it down by
/// 1 − e^(−Δt/τ), Δt since the answer before, τ = 10 s. So age, and not the number of calls, makes an observation fade.
/// </remarks>
public sealed class LatencyAverage
{
    /// <summary>Time constant τ of the fall.</summary>
    public static TimeSpan Fall { get; } = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private double _milliseconds = double.NaN;
    private long _at;
    private int _count;

    internal LatencyAverage(TimeProvider time) => _time = time;

    /// <summary>Answers seen, at most <see cref="int.MaxValue"/>.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The average in milliseconds, as of the last answer; null = none seen yet.</summary>
    public double? Milliseconds => Volatile.Read(ref _milliseconds) is var value && double.IsNaN(value) ? null : value;

    /// <summary>Time since the last answer; <see cref="TimeSpan.MaxValue"/> = none seen yet.</summary>
    public TimeSpan Age => Count == 0 ? TimeSpan.MaxValue : _time.GetElapsedTime(Volatile.Read(ref _at));

    /// <summary>Takes one latency.</summary>
    public void Observe(TimeSpan latency)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var seen = Math.Max(0, latency.TotalMilliseconds);
            if (_count > 0 && seen < _milliseconds)
            {
                var kept = Math.Exp(-_time.GetElapsedTime(_at, now) / Fall);
                seen += kept * (_milliseconds - seen);
            }

            Volatile.Write(ref _milliseconds, seen);
            Volatile.Write(ref _at, now);
            Volatile.Write(ref _count, _count == int.MaxValue ? _count : _count + 1);
        }
    }
}
