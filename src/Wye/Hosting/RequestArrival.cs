using System.Diagnostics;
using Wye.Hosting.Callers;
using Wye.Hosting.Configuration.Resolving;
using Wye.Primitives;
using Wye.Routing;

namespace Wye.Hosting;

/// <summary>When and as what a request came in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">Wall clock, UTC; for the ledger.</param>
/// <param name="Timestamp">Monotonic clock; for durations.</param>
public readonly record struct RequestArrival(RequestId Id, DateTimeOffset At, long Timestamp)
{
    /// <summary>
    /// Trace of a caller in another process, <c>default</c> = it has none; null = the caller is in this process and its
    /// trace is the current activity.
    /// </summary>
    public ActivityContext? Caller { get; init; }

    /// <summary>The key it came with and its place among the key's requests; null = nothing is limited.</summary>
    public CallerAccess? Access { get; init; }

    /// <summary>The version that was in force when it came in; null = the one in force when it is planned.</summary>
    public WyeSnapshot? Snapshot { get; init; }

    /// <summary>Told how the request was decided, before anything is called; null = nobody asks.</summary>
    internal Action<RoutingResult>? Decided { get; init; }

    /// <summary>Cancelled when the host stops and running answers may not finish any more; default: never.</summary>
    public CancellationToken Stopping { get; init; }
}
