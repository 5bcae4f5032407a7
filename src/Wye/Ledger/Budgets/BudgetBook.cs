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

    private readonly ConcurrentDictionary<AccountId, Entry> _accounts = new();

    /// <summary>
    /// Hears when what was spent from a soft budget passes its limit: once per spender and window, in each process that spends from
    /// it. Called by the ledger's thread: must return at once and never throw. Null = nobody hears.
    /// </summary>
    public Action<AccountId, Usd>? SoftLimitPassed { get; init; }

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
    public AccountBalance BalanceOf(in AccountId account) => _accounts.GetValueOrDefault(account).Balance;

    /// <summary>Takes what the store says of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="balance">What stands there now.</param>
    /// <param name="softLimit">Limit of a soft budget, when it is known; null = as known before, or none.</param>
    public void Note(in AccountId account, AccountBalance balance, Usd? softLimit = null)
    {
        if (_accounts.Count >= MostAccounts && !_accounts.ContainsKey(account))
        {
            // Only hints are lost: the store knows every account.
            _accounts.Clear();
        }

        var before = _accounts.GetValueOrDefault(account);
        var limit = softLimit ?? before.SoftLimit;
        _accounts[account] = new Entry(balance, limit);
        // A limit that is only learned now was passed before anybody here spent.
        if (
            before.SoftLimit is not null
            && limit is { } most
            && before.Balance.Settled <= most
            && balance.Settled > most
        )
        {
            SoftLimitPassed?.Invoke(account, most);
        }
    }

    private readonly record struct Entry(AccountBalance Balance, Usd? SoftLimit);
}
