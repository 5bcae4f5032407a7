using Wye.Chat;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>What happened to a request, after settlement: for the answer's last headers, metrics, logs and learning.</summary>
/// <param name="Head">Provenance.</param>
/// <param name="Record">What the ledger holds.</param>
/// <param name="Error">The failure given to the caller; null = it was answered.</param>
public sealed record Outcome(DeliveryHead Head, LedgerRecord Record, ChatError? Error)
{
    /// <summary>What the caller speaks; by default OpenAI's chat completions.</summary>
    public DialectId Dialect { get; init; } = DialectId.OpenAi;

    /// <summary>Cost of all attempts.</summary>
    public Usd Cost => Record.Request.Cost;

    /// <summary>
    /// What the strong model would have cost for the answered call, less everything paid; negative when routing cost more, and for
    /// a request that failed; null = unknown.
    /// </summary>
    public Usd? Saved => Record.Request.Saved;
}
