using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Health;

/// <summary>What balancing looks at: calls under way, requests and tokens of the last minute, latency. Thread-safe.</summary>
public sealed class DeploymentLoad
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly RateWindow _rates = new();
    private readonly LeaseWindow _leases = new();

    internal DeploymentLoad(TimeProvider time)
    {
        _time = time;
        FirstToken = new LatencyAverage(time);
        Reply = new LatencyAverage(time);
    }

    /// <summary>From the start of a streamed call to its first content.</summary>
    public LatencyAverage FirstToken { get; }

    /// <summary>From the start of an unstreamed call to its whole answer.</summary>
    public LatencyAverage Reply { get; }

    /// <summary>Calls under way; one whose end was lost counts for at most about 15 min.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                _leases.MoveTo(Second());
                return _leases.Count;
            }
        }
    }

    /// <summary>Share of the stated limits that would be left after one more request, 0..1, of the tighter one; 1 = none is stated.</summary>
    /// <param name="deployment">Whose limits.</param>
    /// <param name="tokens">Tokens the request is expected to take, prompt and answer.</param>
    public double Headroom(Deployment deployment, long tokens)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (deployment.RequestsPerMinute is null && deployment.TokensPerMinute is null)
        {
            return 1;
        }

        lock (_gate)
        {
            _rates.MoveTo(Second());
            var byRequests = Left(_rates.Requests + 1, deployment.RequestsPerMinute);
            var byTokens = Left(_rates.Tokens + tokens, deployment.TokensPerMinute);
            return Math.Max(0, Math.Min(byRequests, byTokens));
        }
    }

    /// <summary>Which stated limit one more request would break.</summary>
    public RateLimit LimitReached(Deployment deployment, long tokens)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (deployment.RequestsPerMinute is null && deployment.TokensPerMinute is null)
        {
            return RateLimit.None;
        }

        lock (_gate)
        {
            _rates.MoveTo(Second());
            return Reached(deployment, tokens);
        }
    }

    /// <summary>Time until a request fits the stated limits; zero = now.</summary>
    public TimeSpan UntilRoom(Deployment deployment, long tokens)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        lock (_gate)
        {
            _rates.MoveTo(Second());
            return TimeSpan.FromSeconds(
                _rates.SecondsUntil(deployment.RequestsPerMinute, deployment.TokensPerMinute, tokens)
            );
        }
    }

    /// <summary>Counts a call in, unless it would break a stated limit: check and count are one step.</summary>
    /// <param name="deployment">Whose limits.</param>
    /// <param name="tokens">Tokens the request is expected to take, prompt and answer.</param>
    /// <param name="lease">To give back to <see cref="Release"/>.</param>
    /// <returns>The limit that is in the way; <see cref="RateLimit.None"/> = it is counted in.</returns>
    public RateLimit TryTake(Deployment deployment, long tokens, out CallLease lease)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        lock (_gate)
        {
            var second = Second();
            _rates.MoveTo(second);
            var limit = Reached(deployment, tokens);
            lease = limit == RateLimit.None ? Count(second, tokens) : default;
            return limit;
        }
    }

    /// <summary>Counts a call in whatever the limits: nothing else is left.</summary>
    public CallLease Take(long tokens)
    {
        lock (_gate)
        {
            return Count(Second(), tokens);
        }
    }

    /// <summary>Counts a call out.</summary>
    /// <param name="lease">What it holds; each is given back once.</param>
    /// <param name="usage">Tokens it took.</param>
    public void Release(in CallLease lease, in Usage usage)
    {
        var took = usage.PromptTokens + usage.OutputTokens;
        lock (_gate)
        {
            var second = Second();
            _leases.MoveTo(second);
            _leases.Remove(lease.Second);
            _rates.MoveTo(second);
            _rates.Correct(lease.Second, took - lease.Tokens);
        }
    }

    private CallLease Count(long second, long tokens)
    {
        _rates.Add(second, tokens);
        _leases.Add(second);
        return new CallLease(second, tokens);
    }

    private RateLimit Reached(Deployment deployment, long tokens)
    {
        RateWindow.IsOver(
            _rates.Requests,
            _rates.Tokens,
            deployment.RequestsPerMinute,
            deployment.TokensPerMinute,
            tokens,
            out var limit
        );
        return limit;
    }

    private static double Left(long used, int? limit) => limit is { } most ? 1 - ((double)used / most) : 1;

    private long Second() => _time.GetTimestamp() / _time.TimestampFrequency;
}
