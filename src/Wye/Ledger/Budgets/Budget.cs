using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Most that may be spent per window by each one of a scope. Immutable.</summary>
public sealed record Budget
{
    /// <summary>Its name; spending is kept under it, so a changed limit forgets nothing.</summary>
    public required string Name { get; init; }

    /// <summary>Whose spending it counts; default everybody's.</summary>
    public BudgetScope Scope { get; init; } = BudgetScope.Global;

    /// <summary>The ones it is for, each with the whole limit; empty = every one of the scope.</summary>
    public ImmutableArray<string> Of { get; init; } = [];

    /// <summary>How long the limit lasts; default a month.</summary>
    public BudgetWindow Window { get; init; } = BudgetWindow.Month;

    /// <summary>Zone in which windows begin; default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Most per window, ≥ 0.</summary>
    public required Usd Limit { get; init; }

    /// <summary>Whether a call that does not fit is refused (default); else it is only marked.</summary>
    public bool Hard { get; init; } = true;
}
