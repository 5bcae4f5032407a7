using System.Diagnostics;
using Wye.Chat;
using Wye.Delivery;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>The span of a whole request. Tokens stand on the calls below it only, so that no sum counts them twice.</summary>
internal static class RequestSpan
{
    /// <summary>Starts the span and makes it current; null = nobody listens.</summary>
    public static Activity? Start(in RequestArrival arrival, DialectId dialect)
    {
        var source = WyeActivitySource.Instance;
        if (!source.HasListeners())
        {
            return null;
        }

        var operation = GenAi.Operation(dialect);
        if (arrival.Caller is not { } caller)
        {
            return source.StartActivity(operation, ActivityKind.Internal);
        }

        // What is current belongs to the HTTP server, which exports nothing: a parent nobody would ever see.
        Activity.Current = null;
        return source.StartActivity(operation, ActivityKind.Server, caller);
    }

    /// <summary>Describes what happened. No message of an error: providers quote prompts in them.</summary>
    public static void Describe(Activity? span, Outcome outcome)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var request = outcome.Record.Request;
        span.SetTag("wye.request_id", request.Id.Value);
        span.SetTag("wye.why", request.Why);
        span.SetTag("wye.attempts", request.Attempts);
        span.SetTag("wye.stream", request.Stream);
        span.SetTag("wye.step_kind", request.StepKind.Name());
        span.SetTag("wye.decision_us", request.DecisionMicroseconds);
        span.SetTag("wye.cost_usd", (double)request.Cost.ToDollars());
        if (request.Policy.Length > 0)
        {
            // Without a plan the route is whatever the caller wrote.
            span.DisplayName = $"{GenAi.Operation(outcome.Dialect)} {request.Route}";
            span.SetTag("wye.route", request.Route.Value);
            span.SetTag("wye.policy", request.Policy);
        }

        if (request.Model is { } model)
        {
            span.SetTag("wye.model", model.Value);
            span.SetTag("wye.tier", request.Tier?.Value);
        }

        if (outcome.Saved is { } saved)
        {
            span.SetTag("wye.saved_usd", (double)saved.ToDollars());
        }

        if (request.Failure is { } failure)
        {
            span.SetTag(GenAi.ErrorType, GenAi.Error(failure));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
