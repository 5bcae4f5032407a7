using System.Diagnostics.Metrics;
using Wye.Delivery;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>Counts every outcome on the meter <c>Wye</c>: OpenTelemetry <c>gen_ai.*</c> names where they exist, else <c>wye.*</c>.</summary>
public sealed class WyeMetrics : IOutcomeObserver, IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Wye";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<double> _saved;
    private readonly Histogram<double> _decision;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    public WyeMetrics()
    {
        _requests = _meter.CreateCounter<long>("wye.requests", "{request}", "Requests by route, model and result.");
        _attempts = _meter.CreateCounter<long>("wye.attempts", "{call}", "Upstream calls by deployment and result.");
        _tokens = _meter.CreateCounter<long>("wye.tokens", "{token}", "Tokens billed, by model and kind.");
        _cost = _meter.CreateCounter<double>("wye.cost", "{usd}", "Cost of all upstream calls.");
        _saved = _meter.CreateCounter<double>(
            "wye.saved",
            "{usd}",
            "Cost saved against the strong model, where positive."
        );
        _decision = _meter.CreateHistogram<double>("wye.decision.duration", "s", "Time to decide.");
        _firstToken = _meter.CreateHistogram<double>("wye.first_token.duration", "s", "Arrival to first content.");
        _duration = _meter.CreateHistogram<double>("wye.request.duration", "s", "Arrival to end.");
    }

    /// <inheritdoc/>
    public void Observe(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var request = outcome.Record.Request;
        var route = new KeyValuePair<string, object?>("route", request.Route.Value);
        var model = new KeyValuePair<string, object?>("model", request.Model?.Value ?? "none");
        _requests.Add(1, route, model, new("result", request.Failure?.ToString() ?? "ok"));
        _cost.Add((double)request.Cost.ToDollars(), route, model);
        if (outcome.Saved is { } saved && saved > Usd.Zero)
        {
            _saved.Add((double)saved.ToDollars(), route, model);
        }

        _decision.Record(request.DecisionMicroseconds / 1e6, route);
        _duration.Record(request.TotalMilliseconds / 1e3, route);
        if (request.FirstTokenMilliseconds is { } firstToken)
        {
            _firstToken.Record(firstToken / 1e3, route);
        }

        foreach (var attempt in outcome.Record.Attempts)
        {
            Observe(attempt);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Observe(AttemptEntry attempt)
    {
        _attempts.Add(
            1,
            new("deployment", attempt.Deployment.Value),
            new("result", attempt.Failure?.ToString() ?? "ok")
        );
        var model = new KeyValuePair<string, object?>("model", attempt.Model.Value);
        Count(model, "input", attempt.Usage.InputTokens);
        Count(model, "cache_read", attempt.Usage.CacheReadTokens);
        Count(model, "cache_write", attempt.Usage.CacheWriteTokens);
        Count(model, "output", attempt.Usage.OutputTokens);
    }

    private void Count(KeyValuePair<string, object?> model, string kind, long tokens)
    {
        if (tokens > 0)
        {
            _tokens.Add(tokens, model, new("kind", kind));
        }
    }
}
