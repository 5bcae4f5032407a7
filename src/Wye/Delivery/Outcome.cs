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
    /// <summary>Cost of all attempts.</summary>
    public Usd Cost => Record.Request.Cost;

    /// <summary>Strong model's cost minus cost; negative when routing cost more; null = unknown or nothing answered.</summary>
    public Usd? Saved => Record.Request.StrongCost is { } strong ? strong - Record.Request.Cost : null;
}
