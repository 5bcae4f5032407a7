using System.Collections.Concurrent;
using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>The newest balances the ledger's store has told, in memory. Thread-safe.</summary>
/// <param name="time">Clock that says which window is open.</param>
public sealed class BudgetBook(TimeProvider time) : IBudgetKeeper
{
    // Callers name users, tags and runs: without a bound the book would grow with them.
    private const int MostAccounts = 100_000;

    [ThreadStatic]
    private static List<BudgetShare>? _shares;

    private readonly ConcurrentDictionary<AccountId, AccountBalance> _balances = new();

    /// <inheritdoc/>
    public double TightestFraction(BudgetSet budgets, BudgetSubject subject)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentNullException.ThrowIfNull(subject);
        if (budgets.All.IsEmpty && subject.Own.IsEmpty)
        {
            return 1;
        }

        var shares = _shares ??= [];
        shares.Clear();
        budgets.Find(subject, shares);
        var (tightest, now) = (1.0, time.GetUtcNow());
        foreach (var share in shares)
        {
            var limit = share.Budget.Limit.PicoDollars;
            var settled = BalanceOf(AccountId.At(share, now)).Settled.PicoDollars;
            var fraction = limit <= 0 ? 0 : Math.Clamp(1 - ((double)settled / limit), 0, 1);
            tightest = Math.Min(tightest, fraction);
        }

        return tightest;
    }

    /// <inheritdoc/>
    public AccountBalance BalanceOf(in AccountId account) => _balances.GetValueOrDefault(account);

    /// <summary>Takes what the store says of an account.</summary>
    public void Note(in AccountId account, AccountBalance balance)
    {
        if (_balances.Count >= MostAccounts && !_balances.ContainsKey(account))
        {
            // Only hints are lost: the store knows every account.
            _balances.Clear();
        }

        _balances[account] = balance;
    }
}
