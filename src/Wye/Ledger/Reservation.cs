using System.Collections.Immutable;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>What the store decided about an opening.</summary>
public sealed record Reservation
{
    /// <summary>Held from every budget that applies; null = the price is unknown, or nothing is held.</summary>
    public Usd? Amount { get; init; }

    /// <summary>Output bound the call must be given to fit, in tokens; null = the one it wanted.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>Names of soft budgets that this call may overrun.</summary>
    public ImmutableArray<string> Overrun { get; init; } = [];

    /// <summary>Why the call must not be made; null = it may.</summary>
    public BudgetRefusal? Refusal { get; init; }
}
