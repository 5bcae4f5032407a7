using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Budgets of one process, kept in memory. Used by one thread at a time.</summary>
internal sealed class MemoryAccounts
{
    private const int PruneFrom = 4_096;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(63);

    private readonly Dictionary<AccountId, AccountBalance> _balances = [];
    private readonly Dictionary<RequestId, List<Hold>> _holds = [];
    private int _mostBeforePruning = PruneFrom;

    /// <summary>Accounts held.</summary>
    internal int Count => _balances.Count;

    /// <summary>Decides an opening, or closes what a finished request held.</summary>
    public void Take(LedgerStep step, BudgetBook? book)
    {
        if (step is OpeningStep opening)
        {
            Open(opening, book);
        }
        else if (step is LedgerRecord { HasIntents: true } record)
        {
            Settle(record, book);
        }
    }

    private void Open(OpeningStep opening, BudgetBook? book)
    {
        var (intent, shares) = (opening.Intent, opening.Shares);
        foreach (var ended in opening.Ended)
        {
            Close(intent.Request, ended.Number, ended.Cost, book);
        }

        if (intent.Bound is not { } bound)
        {
            opening.Outcome = new Reservation();
            return;
        }

        var accounts = new AccountId[shares.Length];
        var balances = new AccountBalance[shares.Length];
        for (var i = 0; i < accounts.Length; i++)
        {
            accounts[i] = AccountId.At(shares[i], intent.At);
            balances[i] = _balances.GetValueOrDefault(accounts[i]);
        }

        var outcome = BudgetRule.Decide(bound, shares.AsSpan(), balances, intent.At);
        opening.Outcome = outcome;
        if (outcome.Amount is not { } amount || accounts.Length == 0)
        {
            return;
        }

        for (var i = 0; i < accounts.Length; i++)
        {
            var budget = shares[i].Budget;
            Move(accounts[i], Usd.Zero, amount, book, budget.Hard ? null : budget.Limit);
        }

        if (!_holds.TryGetValue(intent.Request, out var holds))
        {
            _holds.Add(intent.Request, holds = []);
        }

        holds.Add(new(intent.Number, amount, accounts));
    }

    private void Settle(LedgerRecord record, BudgetBook? book)
    {
        foreach (var attempt in record.Attempts)
        {
            Close(record.Request.Id, attempt.Number, attempt.Cost ?? Usd.Zero, book);
        }

        if (_holds.Remove(record.Request.Id, out var never))
        {
            // Opened, but never called.
            foreach (var hold in never)
            {
                Close(hold, Usd.Zero, book);
            }
        }
    }

    private void Close(RequestId request, int number, Usd cost, BudgetBook? book)
    {
        if (
            _holds.TryGetValue(request, out var holds)
            && holds.FindIndex(hold => hold.Number == number) is >= 0 and var index
        )
        {
            Close(holds[index], cost, book);
            holds.RemoveAt(index);
        }
    }

    private void Close(in Hold hold, Usd cost, BudgetBook? book)
    {
        foreach (var account in hold.Accounts)
        {
            Move(account, cost, Usd.Zero - hold.Amount, book);
        }
    }

    private void Move(in AccountId account, Usd settled, Usd reserved, BudgetBook? book, Usd? softLimit = null)
    {
        var before = _balances.GetValueOrDefault(account);
        var after = new AccountBalance(before.Settled + settled, before.Reserved + reserved);
        if (_balances.Count >= _mostBeforePruning && !_balances.ContainsKey(account))
        {
            Prune(account.Start);
        }

        _balances[account] = after;
        book?.Note(account, after, softLimit);
    }

    // Windows that were over long before the newest began, and hold nothing.
    private void Prune(DateTimeOffset newest)
    {
        foreach (var (account, balance) in _balances)
        {
            if (account.Window != BudgetWindow.Total && account.Start < newest - Kept && balance.Reserved == Usd.Zero)
            {
                _balances.Remove(account);
            }
        }

        _mostBeforePruning = Math.Max(PruneFrom, 2 * _balances.Count);
    }

    private readonly record struct Hold(int Number, Usd Amount, AccountId[] Accounts);
}
