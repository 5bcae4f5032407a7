using System.Globalization;
using Wye.Chat;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Delivery.Walking;

/// <summary>Tells a caller which budget refuses, how much of it is left, and when it begins anew.</summary>
internal static class BudgetText
{
    private const int MostSpenderCharacters = 64;

    public static ChatError Of(BudgetRefusal refusal)
    {
        var budget = refusal.Share.Budget;
        var resets = refusal.ResetsAt is { } at
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It begins anew at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."
            )
            : "It does not begin anew.";
        return new ChatError(
            FailureKind.BudgetExceeded,
            $"Budget '{budget.Name}'{Whose(refusal.Share)} has {Dollars(refusal.Left)} of {Dollars(budget.Limit)} USD left "
                + $"{Span(budget.Window)}; this call may cost {Dollars(refusal.Needed)} USD. {resets}"
        )
        {
            Code = "budget_exceeded",
        };
    }

    private static string Whose(in BudgetShare share) =>
        share.Budget.Scope == BudgetScope.Global
            ? ""
            : $" of {share.Budget.Scope.ToString().ToLowerInvariant()} '{Short(share.Spender)}'";

    private static string Short(string spender) =>
        spender.Length <= MostSpenderCharacters ? spender : spender[..MostSpenderCharacters] + "…";

    private static string Span(BudgetWindow window) =>
        window switch
        {
            BudgetWindow.Hour => "this hour",
            BudgetWindow.Day => "today",
            BudgetWindow.Week => "this week",
            BudgetWindow.Month => "this month",
            _ => "in total",
        };

    private static string Dollars(Usd amount) =>
        amount.ToDollars().ToString("0.00##########", CultureInfo.InvariantCulture);
}
