using Wye.Primitives;
using Wye.Primitives.Randomness;

namespace Wye.Health;

/// <summary>Live state of one deployment: calls in flight, latency, cooldown with a half-open probe. Thread-safe.</summary>
/// <remarks>
/// Closed: every call is admitted. Cooling: none is. Half-open, after the cooldown: exactly one probe is admitted; its first
/// content or success closes, its failure cools down for longer. Times are monotonic.
/// </remarks>
public sealed class DeploymentState
{
    /// <summary>Ticket of a call made although the deployment cools down: its success closes, its failure changes nothing.</summary>
    public const int Forced = -1;

    private const double LatencyShare = 0.2;

    private readonly TimeProvider _time;
    private volatile HealthOptions _options;
    private readonly IRandomSource _random;
    private readonly Lock _gate = new();
    private readonly FailureWindow _window = new();
    private int _inFlight;
    private int _probe;
    private int _tickets;
    private bool _cooling;
    private bool _stated;
    private long _until;
    private int _consecutive;
    private int _inRow;
    private double _firstToken = double.NaN;
    private int _forced;
    private long _forcedAt = long.MinValue;
    private long _provenUntil = long.MinValue;

    internal DeploymentState(TimeProvider time, HealthOptions options, IRandomSource random)
    {
        _time = time;
        _options = options;
        _random = random;
        Load = new DeploymentLoad(time);
    }

    /// <summary>What balancing looks at; counted by whoever calls, beside admission.</summary>
    public DeploymentLoad Load { get; }

    /// <summary>Calls under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Moving average of the time to the first content of streams, in milliseconds; null = none seen yet.</summary>
    public double? FirstTokenMilliseconds =>
        Volatile.Read(ref _firstToken) is var value && double.IsNaN(value) ? null : value;

    /// <summary>Failures since the last success.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _consecutive);

    /// <summary>Whether a call would be admitted now: not cooling down, or due for its single probe. A read without a lock.</summary>
    public bool IsAvailable =>
        !Volatile.Read(ref _cooling)
        || (Volatile.Read(ref _probe) == 0 && _time.GetTimestamp() >= Volatile.Read(ref _until));

    /// <summary>Whether it answered within <see cref="HealthOptions.ProvenFor"/> and has not failed since. A read without a lock.</summary>
    public bool IsProven =>
        Volatile.Read(ref _consecutive) == 0
        && !Volatile.Read(ref _cooling)
        && _time.GetTimestamp() < Volatile.Read(ref _provenUntil);

    /// <summary>Time until the probe is due; zero = closed or half-open.</summary>
    public TimeSpan CooldownLeft =>
        Volatile.Read(ref _cooling) ? new Deadline(Volatile.Read(ref _until)).Remaining(_time) : TimeSpan.Zero;

    /// <summary>Whether the provider itself named the running cooldown (<c>Retry-After</c>): then not even the last target is tried.</summary>
    public bool IsParkedByProvider => Volatile.Read(ref _stated) && CooldownLeft > TimeSpan.Zero;

    /// <summary>Share of failed calls in the last 30 s, 0..1; 0 = no calls.</summary>
    public double FailureRate
    {
        get
        {
            lock (_gate)
            {
                _window.MoveTo(Second(_time.GetTimestamp()));
                return _window.Calls == 0 ? 0 : (double)_window.Failures / _window.Calls;
            }
        }
    }

    /// <summary>Counts a call in without asking whether it is admitted; pair with <see cref="Exit()"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts a call out without a verdict.</summary>
    public void Exit() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Admits a call or refuses it; an admitted one is paired with <see cref="Exit(int, FailureKind?, TimeSpan?)"/>.</summary>
    /// <param name="probe">Ticket to give back; other than 0 = the call is the half-open probe.</param>
    /// <param name="maxInFlight">Most calls at once; null = no bound.</param>
    public bool TryEnter(out int probe, int? maxInFlight = null)
    {
        lock (_gate)
        {
            probe = 0;
            if (_inFlight >= (maxInFlight ?? int.MaxValue))
            {
                return false;
            }

            if (_cooling)
            {
                if (_probe != 0 || _time.GetTimestamp() < _until)
                {
                    return false;
                }

                _tickets = _tickets == int.MaxValue ? 1 : _tickets + 1;
                probe = _probe = _tickets;
            }

            Interlocked.Increment(ref _inFlight);
            return true;
        }
    }

    /// <summary>Admits a call in spite of a cooldown, because nothing else is left (panic rule); its ticket is <see cref="Forced"/>.</summary>
    /// <remarks>
    /// While <see cref="HealthOptions.ForcedAtOnce"/> such calls run, only one more per <see cref="HealthOptions.ForcedEvery"/>
    /// is admitted: of a provider that hangs, most callers hear at once.
    /// </remarks>
    /// <returns>False when the provider named the cooldown, enough such calls run, or <paramref name="maxInFlight"/> is reached.</returns>
    public bool TryForce(int? maxInFlight = null)
    {
        lock (_gate)
        {
            if (IsParkedByProvider || _inFlight >= (maxInFlight ?? int.MaxValue) || !MayForceNow())
            {
                return false;
            }

            _forced++;
            _forcedAt = _time.GetTimestamp();
            Interlocked.Increment(ref _inFlight);
            return true;
        }
    }

    /// <summary>The call gave its first content: the deployment answers, so a probe closes without waiting for the whole answer.</summary>
    /// <param name="probe">The call's ticket.</param>
    /// <param name="latency">From the start of the call; feeds <see cref="FirstTokenMilliseconds"/>.</param>
    public void FirstToken(int probe, TimeSpan latency)
    {
        Load.FirstToken.Observe(latency);
        lock (_gate)
        {
            var known = _firstToken;
            var now = latency.TotalMilliseconds;
            Volatile.Write(ref _firstToken, double.IsNaN(known) ? now : known + (LatencyShare * (now - known)));
            Prove(_time.GetTimestamp());
            CloseIfProbe(probe);
        }
    }

    /// <summary>Counts a call out with its verdict. Faults of the caller, of the plan or of Wye count neither way.</summary>
    /// <param name="probe">The call's ticket.</param>
    /// <param name="failure">Why it failed; null = it succeeded.</param>
    /// <param name="retryAfter">Time the provider asked to be left alone; null = not said.</param>
    public void Exit(int probe, FailureKind? failure, TimeSpan? retryAfter = null)
    {
        lock (_gate)
        {
            Interlocked.Decrement(ref _inFlight);
            _forced -= probe == Forced ? 1 : 0;
            if (failure is not { } kind)
            {
                _consecutive = 0;
                var now = _time.GetTimestamp();
                Prove(now);
                _window.Add(Second(now), failed: false);
                CloseIfProbe(probe);
            }
            else if (CooldownRules.Counts(kind))
            {
                Fail(probe, kind, retryAfter);
            }

            if (probe > 0 && probe == _probe)
            {
                Volatile.Write(ref _probe, 0);
            }
        }
    }

    /// <summary>Forgets cooldown and failures: after a reload that changed the deployment, or on an operator's word.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Close();
        }
    }

    /// <summary>Takes other options from the next verdict on; what runs (cooldowns, windows) goes on.</summary>
    internal void Use(HealthOptions options) => _options = options;

    private void Fail(int probe, FailureKind kind, TimeSpan? retryAfter)
    {
        _consecutive++;
        _window.Add(Second(_time.GetTimestamp()), failed: true);
        var isProbe = probe > 0 && probe == _probe;
        if (_cooling && !isProbe)
        {
            // Calls that began before the cooldown do not lengthen it, but a time the provider names is kept.
            if (retryAfter > TimeSpan.Zero && CooldownRules.ParkFor(kind, retryAfter, _inRow, _options) is { } asked)
            {
                Cool(asked, stated: true);
            }

            return;
        }

        if (CooldownRules.ParkFor(kind, retryAfter, _inRow + 1, _options) is { } park)
        {
            _inRow++;
            Cool(park, stated: retryAfter > TimeSpan.Zero);
        }
        else if (isProbe || IsOverLimit())
        {
            _inRow++;
            Cool(CooldownRules.Eject(_inRow, _options, _random.NextDouble()), stated: false);
        }
    }

    private bool MayForceNow() =>
        _forced < _options.ForcedAtOnce || _time.GetElapsedTime(_forcedAt) >= _options.ForcedEvery;

    private void Prove(long now) =>
        Volatile.Write(ref _provenUntil, Deadline.In(_options.ProvenFor, _time, now).Timestamp);

    private bool IsOverLimit() =>
        _consecutive >= _options.AllowedFailures
        || (
            _window.Calls >= _options.FailureRateCalls
            && _window.Failures >= _options.AllowedFailureRate * _window.Calls
        );

    private void Cool(TimeSpan span, bool stated)
    {
        var until = Deadline.In(span, _time).Timestamp;
        if (_cooling && until <= _until)
        {
            return;
        }

        Volatile.Write(ref _until, until);
        Volatile.Write(ref _stated, stated);
        Volatile.Write(ref _cooling, true);
    }

    private void CloseIfProbe(int probe)
    {
        // A park that was set while the call ran outlives its success.
        var mayClose =
            probe == Forced ? !IsParkedByProvider : probe > 0 && probe == _probe && CooldownLeft == TimeSpan.Zero;
        if (_cooling && mayClose)
        {
            Close();
        }
    }

    private void Close()
    {
        Volatile.Write(ref _cooling, false);
        Volatile.Write(ref _stated, false);
        Volatile.Write(ref _probe, 0);
        _inRow = 0;
        _consecutive = 0;
        _window.Clear();
    }

    private long Second(long timestamp) => timestamp / _time.TimestampFrequency;
}
