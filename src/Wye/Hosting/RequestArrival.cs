using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>When and as what a request came in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">Wall clock, UTC; for the ledger.</param>
/// <param name="Timestamp">Monotonic clock; for durations.</param>
public readonly record struct RequestArrival(RequestId Id, DateTimeOffset At, long Timestamp)
{
    /// <summary>Cancelled when the host stops and running answers may not finish any more; default: never.</summary>
    public CancellationToken Stopping { get; init; }
}
