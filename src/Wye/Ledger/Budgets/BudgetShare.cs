namespace Wye.Ledger.Budgets;

/// <summary>A budget that applies, and the one of its scope who spends.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Spender">The key, tag, user …; empty for everybody.</param>
public readonly record struct BudgetShare(Budget Budget, string Spender);
