namespace Wye.Ledger.Budgets;

/// <summary>One window of a budget: from its start until just before its end.</summary>
/// <param name="Start">Included, UTC; <see cref="DateTimeOffset.UnixEpoch"/> for a total.</param>
/// <param name="End">Excluded, UTC; <see cref="DateTimeOffset.MaxValue"/> = never.</param>
public readonly record struct BudgetPeriod(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(DateTimeOffset moment) => moment >= Start && moment < End;
}
