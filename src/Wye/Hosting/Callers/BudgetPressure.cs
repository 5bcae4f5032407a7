using System.Collections.Immutable;
using Wye.Ledger.Budgets;

namespace Wye.Hosting.Callers;

/// <summary>How much of the tightest budget is left, plainly and measured by the time that is left. From memory; a hint, no check.</summary>
internal static class BudgetPressure
{
    [ThreadStatic]
    private static List<BudgetShare>? _shares;

    /// <summary>Both fractions, 0..1; 1 = no budget applies.</summary>
    /// <param name="keeper">Knows the balances.</param>
    /// <param name="budgets">The budgets in force.</param>
    /// <param name="subject">Who spends.</param>
    /// <param name="now">The moment.</param>
    public static (double Left, double Paced) Of(
        IBudgetKeeper keeper,
        BudgetSet budgets,
        BudgetSubject subject,
        DateTimeOffset now
    )
    {
        var shares = _shares ??= [];
        shares.Clear();
        budgets.Find(subject, shares);
        var (tightest, paced) = (1.0, 1.0);
        foreach (var share in shares)
        {
            var budget = share.Budget;
            var period = BudgetCalendar.At(budget.Window, budget.TimeZone, now);
            var account = new AccountId(budget.Name, share.Spender, budget.Window, period.Start);
            var settled = keeper.BalanceOf(account).Settled.PicoDollars;
            var limit = budget.Limit.PicoDollars;
            var left = limit <= 0 ? 0 : Math.Clamp(1 - ((double)settled / limit), 0, 1);
            tightest = Math.Min(tightest, left);
            paced = Math.Min(paced, Math.Min(1, left / TimeLeft(budget.Window, period, now)));
        }

        return (tightest, paced);
    }

    // A budget without an end has no pace: what is left of it is what is left.
    private static double TimeLeft(BudgetWindow window, BudgetPeriod period, DateTimeOffset now) =>
        window == BudgetWindow.Total
            ? 1
            : Math.Clamp((period.End - now) / (period.End - period.Start), double.Epsilon, 1);
}
