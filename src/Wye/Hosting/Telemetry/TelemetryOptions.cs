namespace Wye.Hosting.Telemetry;

/// <summary>What leaves the process beside answers; all off by default. Immutable.</summary>
public sealed record TelemetryOptions
{
    /// <summary>
    /// Whether calls to providers carry <c>traceparent</c> and <c>tracestate</c>; default false: a provider learns nothing
    /// of the caller's trace. Without a listener to <see cref="WyeActivitySource"/> there is no trace to pass on.
    /// </summary>
    public bool PassTraceUpstream { get; init; }
}
