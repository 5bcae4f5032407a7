using System.Diagnostics.Metrics;
using Wye.Chat;
using Wye.Delivery;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing;

namespace Wye.Hosting.Telemetry;

/// <summary>
/// Counts every outcome on the meter <c>Wye</c>: OpenTelemetry <c>gen_ai.*</c> names where they exist, else <c>wye.*</c>.
/// Thread-safe. Labels come from configured names only. Costs next to nothing while nobody listens.
/// </summary>
public sealed class WyeMetrics : IOutcomeObserver, IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Wye";

    // In seconds: 5 µs to 50 ms, the limit of a decision without remote help.
    private static readonly double[] DecisionBounds =
    [
        0.000_005,
        0.000_01,
        0.000_025,
        0.000_05,
        0.000_1,
        0.000_25,
        0.000_5,
        0.001,
        0.005,
        0.05,
    ];

    private readonly SnapshotStore _snapshots;
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<double> _saved;
    private readonly Histogram<double> _decision;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _callTokens;
    private readonly Histogram<double> _callDuration;

    /// <summary>Creates the instruments.</summary>
    /// <param name="snapshots">Names what may become a label.</param>
    /// <param name="meters">The host's meters, which tell hosts of one process apart; null = a meter of its own.</param>
    public WyeMetrics(SnapshotStore snapshots, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        _snapshots = snapshots;
        _meter = meters?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _requests = Counter<long>("wye.requests", "{request}", "Requests by route, tier, model and result.");
        _attempts = Counter<long>("wye.attempts", "{call}", "Upstream calls by deployment, cause and result.");
        _tokens = Counter<long>("wye.tokens", "{token}", "Tokens billed, by model and kind.");
        _cost = Counter<double>("wye.cost", "{usd}", "Cost of all upstream calls.");
        _saved = Counter<double>("wye.saved", "{usd}", "Cost saved against the strong model, where positive.");
        _decision = Seconds("wye.decision.duration", "Time to decide.", DecisionBounds);
        _firstToken = Seconds("wye.first_token.duration", "Arrival to first content.", GenAi.SecondBounds);
        _duration = Seconds("wye.request.duration", "Arrival to end.", GenAi.SecondBounds);
        _callDuration = Seconds("gen_ai.client.operation.duration", "One upstream call.", GenAi.SecondBounds);
        _callTokens = _meter.CreateHistogram(
            "gen_ai.client.token.usage",
            "{token}",
            "Tokens of one upstream call, input or output.",
            tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = GenAi.TokenBounds }
        );
    }

    /// <inheritdoc/>
    public void Observe(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var routing = _snapshots.Current.Routing;
        var request = outcome.Record.Request;
        if (_requests.Enabled)
        {
            Observe(outcome, request, routing);
        }

        foreach (var attempt in outcome.Record.Attempts)
        {
            Observe(attempt, outcome.Dialect, routing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Histogram<double> Seconds(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );

    private Counter<T> Counter<T>(string name, string unit, string description)
        where T : struct => _meter.CreateCounter<T>(name, unit, description);

    private void Observe(Outcome outcome, RequestEntry request, RoutingSnapshot routing)
    {
        var route = new KeyValuePair<string, object?>("route", RouteLabel.Of(request, routing));
        var model = new KeyValuePair<string, object?>("model", request.Model?.Value ?? RouteLabel.None);
        ReadOnlySpan<KeyValuePair<string, object?>> labels =
        [
            route,
            model,
            new("tier", request.Tier?.Value ?? RouteLabel.None),
            new("result", request.Failure?.ToString() ?? "ok"),
        ];
        _requests.Add(1, labels);
        _cost.Add(Dollars(request.Cost), route, model);
        if (outcome.Saved is { } saved && saved > Usd.Zero)
        {
            _saved.Add(Dollars(saved), route, model);
        }

        _decision.Record(request.DecisionMicroseconds / 1e6, route);
        _duration.Record(request.TotalMilliseconds / 1e3, route);
        if (request.FirstTokenMilliseconds is { } firstToken)
        {
            _firstToken.Record(firstToken / 1e3, route);
        }
    }

    private void Observe(AttemptEntry attempt, DialectId dialect, RoutingSnapshot routing)
    {
        if (_attempts.Enabled)
        {
            _attempts.Add(
                1,
                new("deployment", attempt.Deployment.Value),
                new("cause", attempt.Cause),
                new("result", attempt.Failure?.ToString() ?? "ok")
            );
        }

        if (_tokens.Enabled)
        {
            var model = new KeyValuePair<string, object?>("model", attempt.Model.Value);
            var usage = attempt.Usage;
            Count(model, "input", usage.InputTokens + usage.AudioInputTokens + usage.ImageInputTokens);
            Count(model, "cache_read", attempt.Usage.CacheReadTokens);
            Count(model, "cache_write", attempt.Usage.CacheWriteTokens + attempt.Usage.CacheWriteHourTokens);
            Count(model, "output", attempt.Usage.OutputTokens);
        }

        if (_callDuration.Enabled || _callTokens.Enabled)
        {
            ObserveCall(attempt, dialect, routing);
        }
    }

    private void ObserveCall(AttemptEntry attempt, DialectId dialect, RoutingSnapshot routing)
    {
        // A deployment that a reload took away since is named by its model alone.
        var deployment = routing.Catalog.FindDeployment(attempt.Deployment);
        var model = deployment?.UpstreamName ?? attempt.Model.Value;
        // The last one tells apart what is recorded of the call.
        Span<KeyValuePair<string, object?>> tags =
        [
            new(GenAi.OperationName, GenAi.Operation(dialect)),
            new(GenAi.ProviderName, deployment is null ? RouteLabel.None : GenAi.Provider(deployment.Provider.Id)),
            new(GenAi.RequestModel, model),
            new(GenAi.ResponseModel, model),
            default,
        ];
        RecordTokens(tags, "input", attempt.Usage.PromptTokens);
        RecordTokens(tags, "output", attempt.Usage.OutputTokens);
        var seconds = attempt.TotalMilliseconds / 1e3;
        if (attempt.Failure is { } failure)
        {
            tags[^1] = new(GenAi.ErrorType, GenAi.Error(failure));
            _callDuration.Record(seconds, tags);
        }
        else
        {
            _callDuration.Record(seconds, tags[..^1]);
        }
    }

    private void RecordTokens(Span<KeyValuePair<string, object?>> tags, string type, long tokens)
    {
        if (tokens > 0)
        {
            tags[^1] = new(GenAi.TokenType, type);
            _callTokens.Record(tokens, tags);
        }
    }

    // As exact as by way of a decimal up to $9,007, where pico-dollars outgrow a double; and without its division.
    private static double Dollars(Usd amount) => (double)amount.PicoDollars / Usd.PicoDollarsPerDollar;

    private void Count(KeyValuePair<string, object?> model, string kind, long tokens)
    {
        if (tokens > 0)
        {
            _tokens.Add(tokens, model, new("kind", kind));
        }
    }
}
