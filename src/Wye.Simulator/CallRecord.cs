using Wye.Simulator.Faults;

namespace Wye.Simulator;

/// <summary>One call that reached the Simulator, billed or not.</summary>
/// <param name="Number">From 1, in order of arrival.</param>
/// <param name="Time">When it arrived, by the Simulator's clock.</param>
/// <param name="Model">The model asked for; "" when the body could not be read.</param>
/// <param name="RequestId">See <see cref="Billing.BillLine.RequestId"/>.</param>
/// <param name="Streamed">True when a stream was asked for.</param>
/// <param name="Status">The status the call was to get; 0: none, the connection was given no answer.</param>
/// <param name="Fault">What was made to go wrong.</param>
public sealed record CallRecord(
    long Number,
    DateTimeOffset Time,
    string Model,
    string RequestId,
    bool Streamed,
    int Status,
    FaultKind Fault
);
