namespace Wye.Ledger.Budgets;

/// <summary>Says how much of the budgets is left, from memory. Whether a call fits is decided by the ledger alone. Thread-safe.</summary>
public interface IBudgetKeeper
{
    /// <summary>
    /// Unspent fraction of the tightest budget that applies whatever is called, 0..1; 1 = none applies. Counts what is settled,
    /// not what is only reserved, so that it does not swing with the calls that run.
    /// </summary>
    double TightestFraction(BudgetSet budgets, BudgetSubject subject);

    /// <summary>What stands against one account.</summary>
    AccountBalance BalanceOf(in AccountId account);
}
