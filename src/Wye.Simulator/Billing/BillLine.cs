namespace Wye.Simulator.Billing;

/// <summary>One billed call. A call that costs nothing by rule has no line; a call to a free model has one with 0 p$.</summary>
/// <param name="Sequence">1 for the first line, without gaps.</param>
/// <param name="CallNumber">Number of the call among all calls, billed or not; from 1.</param>
/// <param name="Time">When the line was written, by the Simulator's clock.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="RequestId">
/// The caller's <c>x-wye-attempt-id</c>, else <c>x-wye-request-id</c>, else <c>x-request-id</c>, else one the Simulator made.
/// </param>
/// <param name="ResponseId">The <c>id</c> of the answer.</param>
/// <param name="Tokens">Tokens by kind.</param>
/// <param name="PicoUsd">Price in pico-dollars (10^-12 USD), never negative.</param>
/// <param name="Streamed">True when the caller asked for a stream.</param>
/// <param name="End">How the call ended.</param>
public sealed record BillLine(
    long Sequence,
    long CallNumber,
    DateTimeOffset Time,
    string Model,
    string RequestId,
    string ResponseId,
    BilledTokens Tokens,
    long PicoUsd,
    bool Streamed,
    CallEnd End
);
