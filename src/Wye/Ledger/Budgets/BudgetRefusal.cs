using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Why a call is not paid for.</summary>
/// <param name="Share">The budget with the least left, and who spends from it.</param>
/// <param name="Left">What is left of it: limit − settled − reserved.</param>
/// <param name="Needed">The least the call may cost at most.</param>
/// <param name="ResetsAt">When its next window begins, UTC; null = never.</param>
public sealed record BudgetRefusal(BudgetShare Share, Usd Left, Usd Needed, DateTimeOffset? ResetsAt);
