using Wye.Catalog;
using Wye.Health;
using Wye.Primitives.Randomness;
using Wye.Testing;

namespace Wye.Routing.Balancing;

/// <summary>
/// Deployments as queues with a few servers each and exponential service times, Poisson arrivals, on manual time. A policy
/// chooses where each arrival queues, and hears of it when it is served.
/// </summary>
internal sealed class QueueWorld(IBalancingPolicy policy, double[] meanMilliseconds, double perSecond, int seed = 5)
{
    private const int Servers = 16;

    private readonly Random _random = new(seed);
    private readonly SeededRandomSource _chance = new(seed + 1);
    private readonly PriorityQueue<Event, double> _events = new();
    private readonly Queue<Event>[] _waiting = [.. meanMilliseconds.Select(_ => new Queue<Event>())];
    private readonly int[] _busy = new int[meanMilliseconds.Length];
    private double _now;

    public ManualTime Time { get; } = new();

    public List<int> Picks { get; } = [];

    /// <summary>Arrival to served, in milliseconds.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>Answers seen of each deployment before each pick.</summary>
    public List<int[]> SeenBefore { get; } = [];

    public HealthRegistry Health
    {
        get => field ??= A.Health(Time);
        private set;
    }

    public Deployment[] Deployments { get; } = A.Deployments(meanMilliseconds.Length);

    public double P99 => Latencies.Order().ElementAt((int)(Latencies.Count * 0.99));

    public double Share(int deployment) => (double)Picks.Count(pick => pick == deployment) / Picks.Count;

    /// <summary>Lets calls come until so many have come in all, then serves what is left.</summary>
    public QueueWorld Run(int calls)
    {
        _events.Enqueue(new Event(-1, _now, default), _now + Exponential(1000 / perSecond));
        while (_events.TryDequeue(out var next, out var at))
        {
            Time.Advance(TimeSpan.FromMilliseconds(at - _now));
            _now = at;
            if (next.Deployment >= 0)
            {
                Finish(next);
                continue;
            }

            Arrive();
            if (Picks.Count < calls)
            {
                _events.Enqueue(new Event(-1, _now, default), _now + Exponential(1000 / perSecond));
            }
        }

        return this;
    }

    private void Arrive()
    {
        SeenBefore.Add([.. Deployments.Select(one => Health.Of(one.Id).Load.FirstToken.Count)]);
        Deployment[] order = [.. Deployments];
        policy.Order(
            order,
            new BalancingContext
            {
                Health = Health,
                Random = _chance,
                Stream = true,
            }
        );
        var chosen = Array.IndexOf(Deployments, order[0]);
        Picks.Add(chosen);
        _waiting[chosen].Enqueue(new Event(chosen, _now, Health.Of(order[0].Id).Load.Take(1)));
        Serve(chosen);
    }

    private void Finish(Event served)
    {
        var load = Health.Of(Deployments[served.Deployment].Id).Load;
        load.Release(served.Lease, default);
        load.FirstToken.Observe(TimeSpan.FromMilliseconds(_now - served.Arrived));
        Latencies.Add(_now - served.Arrived);
        _busy[served.Deployment]--;
        Serve(served.Deployment);
    }

    private void Serve(int deployment)
    {
        if (_busy[deployment] < Servers && _waiting[deployment].TryDequeue(out var next))
        {
            _busy[deployment]++;
            _events.Enqueue(next, _now + Exponential(meanMilliseconds[deployment]));
        }
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    private readonly record struct Event(int Deployment, double Arrived, CallLease Lease);
}
