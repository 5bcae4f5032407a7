using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Delivery;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>
/// Watches whether cascades pay: compares, per route, the observed share of escalations with the break-even, and what was paid
/// with what going strong at once would have cost. Thread-safe.
/// </summary>
internal sealed class CascadeWatch : IOutcomeObserver, IDisposable
{
    /// <summary>Answered requests over which is averaged, the latest counting most.</summary>
    public const int Window = 200;

    /// <summary>Requests before an alarm is raised.</summary>
    public const int Least = 50;

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<RouteName, Tally> _routes = new();
    private readonly SnapshotStore _snapshots;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="snapshots">Names what may become a label.</param>
    /// <param name="time">Clock of the alarm's pauses.</param>
    /// <param name="logger">Hears of cascades that cost more; null = nobody does.</param>
    /// <param name="meters">The host's meters; null = a meter of its own.</param>
    public CascadeWatch(
        SnapshotStore snapshots,
        TimeProvider time,
        ILogger<CascadeWatch>? logger = null,
        IMeterFactory? meters = null
    )
    {
        _snapshots = snapshots;
        _time = time;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _meter = meters?.Create(new MeterOptions(WyeMetrics.MeterName)) ?? new Meter(WyeMetrics.MeterName);
        Gauge(
            "wye.cascade.escalation_ratio",
            "Share of cascaded requests that went beyond the first stage.",
            t => t.Escalated
        );
        Gauge(
            "wye.cascade.break_even",
            "Share of escalations at which the cascade costs as much as going strong.",
            t => t.BreakEven
        );
        Gauge(
            "wye.cascade.cost_ratio",
            "Cost of the cascade over the cost of going strong; above 1 it does not pay.",
            t => t.CostRatio
        );
    }

    /// <inheritdoc/>
    public void Observe(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var request = outcome.Record.Request;
        if (
            !string.Equals(request.Policy, "cascade", StringComparison.Ordinal)
            || request.StrongCost is not { PicoDollars: > 0 } strong
            || outcome.Error is not null
            || !_snapshots.Current.Routing.Routes.ContainsKey(request.Route)
        )
        {
            return;
        }

        var tally = _routes.GetOrAdd(request.Route, static _ => new Tally());
        var now = _time.GetTimestamp();
        if (tally.Add(outcome.Record, strong, at => at is null || _time.GetElapsedTime(at.Value, now) >= Quiet, now))
        {
            _logger.CascadeCostsMore(request.Route, tally.CostRatio, tally.Escalated, tally.BreakEven);
        }
    }

    /// <summary>Cost of a route's cascade over the cost of going strong; null = nothing seen.</summary>
    internal double? CostRatioOf(RouteName route) => _routes.TryGetValue(route, out var tally) ? tally.CostRatio : null;

    /// <summary>Observed share of escalations and the break-even; null = nothing seen.</summary>
    internal (double Escalated, double BreakEven)? SharesOf(RouteName route) =>
        _routes.TryGetValue(route, out var tally) ? (tally.Escalated, tally.BreakEven) : null;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<Tally, double> value) =>
        _meter.CreateObservableGauge(
            name,
            () =>
                _routes.Select(pair => new Measurement<double>(
                    value(pair.Value),
                    new KeyValuePair<string, object?>("route", pair.Key.Value)
                )),
            "1",
            description
        );

    /// <summary>Decaying sums of one route.</summary>
    private sealed class Tally
    {
        private const double Keep = 1 - (1d / Window);

        private readonly Lock _lock = new();
        private long _seen;
        private long? _told;
        private double _count;
        private double _escalated;
        private double _checked;
        private double _cost;
        private double _strong;

        public double Escalated => _count == 0 ? 0 : _escalated / _count;

        public double CostRatio => _strong == 0 ? 0 : _cost / _strong;

        /// <summary>e* = 1 − (c_w + v) / c_s with the costs that were observed.</summary>
        public double BreakEven => _strong == 0 ? 0 : 1 - (_checked / _strong);

        /// <summary>Takes a request; true = the cascade costs more, and it is time to say so.</summary>
        public bool Add(LedgerRecord record, Usd strong, Func<long?, bool> mayTell, long now)
        {
            var escalated = record.Attempts.Any(row => row.Cause is "escalation");
            var before = 0L;
            foreach (var row in record.Attempts)
            {
                if (row.Cause is "escalation")
                {
                    break;
                }

                before += row.Cost?.PicoDollars ?? 0;
            }

            lock (_lock)
            {
                _seen++;
                _count = (_count * Keep) + 1;
                _escalated = (_escalated * Keep) + (escalated ? 1 : 0);
                _checked = (_checked * Keep) + before;
                _cost = (_cost * Keep) + record.Request.Cost.PicoDollars;
                _strong = (_strong * Keep) + strong.PicoDollars;
                if (_seen < Least || _cost <= _strong || !mayTell(_told))
                {
                    return false;
                }

                _told = now;
                return true;
            }
        }
    }
}
