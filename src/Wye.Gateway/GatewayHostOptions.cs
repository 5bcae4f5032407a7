using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Wye.Access;
using Wye.Delivery;
using Wye.Routing;

namespace Wye.Gateway;

/// <summary>How a gateway is started.</summary>
public sealed record GatewayHostOptions
{
    /// <summary>Path of <c>wye.yaml</c>; null = <see cref="ConfigText"/>, else what the environment offers.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The configuration itself, for embedded use; null = read <see cref="ConfigPath"/>.</summary>
    public string? ConfigText { get; init; }

    /// <summary>Folder of the ledger and the keys; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Address to listen on, e.g. <c>http://127.0.0.1:4000</c>; port 0 = any free one; null = the configuration's.</summary>
    public Uri? Listen { get; init; }

    /// <summary>Reads environment variables; default: the process's.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Policies a route may name; default: the built-in ones. Add your own to the lists.</summary>
    public PolicyRegistry Policies { get; init; } = new(BuiltInPolicies.Selection, BuiltInPolicies.Balancing);

    /// <summary>How calls are retried, and when a caller who waits hears a heartbeat; default: the defaults.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>How many failed logins are answered; default: the defaults.</summary>
    public FailedLoginOptions FailedLogins { get; init; } = new();

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds the providers of the log: one line per request, and faults; null = nothing is logged.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Where start-up notices for people go; null = nowhere.</summary>
    public TextWriter? Notices { get; init; }

    /// <summary>How much of what waits for a caller he must take, and how long he may take nothing; default 4 KB/s, 60 s.</summary>
    internal MinDataRate LeastRead { get; init; } = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(60));

    /// <summary>Whether the process is the gateway's own, so that it may collect its memory when no call runs.</summary>
    internal bool OwnsProcess { get; init; }

    /// <summary>Whether the store lies in <see cref="DataFolder"/> whatever the configuration says, beside its pepper.</summary>
    internal bool OwnsStore { get; init; }
}
