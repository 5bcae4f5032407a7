using System.Collections.Immutable;
using Wye.Ledger.Budgets;

namespace Wye.Ledger;

/// <summary>A call that is about to be made: its intent is written, and its bound reserved from every budget that applies.</summary>
/// <param name="Intent">The call.</param>
/// <param name="Shares">The budgets that apply; empty = none.</param>
/// <param name="Ended">Earlier calls of the request that have ended: what they cost replaces what was reserved.</param>
public sealed record OpeningStep(CallIntent Intent, ImmutableArray<BudgetShare> Shares, ImmutableArray<EndedCall> Ended)
    : LedgerStep
{
    /// <summary>What the store decided; null until the step is committed. Set by the store.</summary>
    public Reservation? Outcome { get; set; }
}
