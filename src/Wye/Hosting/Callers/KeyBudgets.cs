using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Wye.Access;
using Wye.Ledger.Budgets;

namespace Wye.Hosting.Callers;

/// <summary>A key's own budgets as the ledger knows budgets: one name per period, so that a changed limit forgets nothing.</summary>
internal static class KeyBudgets
{
    private static readonly ConditionalWeakTable<KeyRules, StrongBox<ImmutableArray<Budget>>> Known = [];

    public static ImmutableArray<Budget> Of(KeyRules rules) =>
        rules.Budgets.IsEmpty ? [] : Known.GetValue(rules, static made => new([.. made.Budgets.Select(Of)])).Value;

    private static Budget Of(KeyBudget budget) =>
        new()
        {
            Name = $"key/{KeyRulesJson.NameOf(budget.Per)}{(budget.Hard ? "" : "/soft")}",
            Scope = BudgetScope.Key,
            Window = budget.Per switch
            {
                KeyBudgetPeriod.Hour => BudgetWindow.Hour,
                KeyBudgetPeriod.Day => BudgetWindow.Day,
                KeyBudgetPeriod.Week => BudgetWindow.Week,
                KeyBudgetPeriod.Month => BudgetWindow.Month,
                _ => BudgetWindow.Total,
            },
            Limit = budget.Limit,
            Hard = budget.Hard,
        };
}
