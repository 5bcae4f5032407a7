namespace Wye.Ledger.Budgets;

/// <summary>What one spender may use of one budget in one window: where money is counted.</summary>
/// <param name="Budget">Name of the budget.</param>
/// <param name="Spender">The key, tag, user …; empty for everybody.</param>
/// <param name="Window">Kind of window.</param>
/// <param name="Start">When the window began, UTC.</param>
public readonly record struct AccountId(string Budget, string Spender, BudgetWindow Window, DateTimeOffset Start)
{
    /// <summary>The account that a share spends from at <paramref name="moment"/>.</summary>
    public static AccountId At(in BudgetShare share, DateTimeOffset moment) =>
        new(
            share.Budget.Name,
            share.Spender,
            share.Budget.Window,
            BudgetCalendar.At(share.Budget.Window, share.Budget.TimeZone, moment).Start
        );
}
