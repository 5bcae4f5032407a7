using Wye.Hosting.Telemetry;
using Wye.Routing;

namespace Wye.Hosting;

/// <summary>What a host without the gateway may change. Immutable.</summary>
public sealed record WyeOptions
{
    /// <summary>Policies a route may name; default: the built-in ones. Add your own to the lists.</summary>
    public PolicyRegistry Policies { get; init; } = new(BuiltInPolicies.Selection, BuiltInPolicies.Balancing);

    /// <summary>What leaves the process beside answers; default: nothing.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
