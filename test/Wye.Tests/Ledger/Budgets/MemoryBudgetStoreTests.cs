using Wye.Contracts;

namespace Wye.Ledger.Budgets;

public sealed class MemoryBudgetStoreTests : BudgetStoreContract
{
    protected override ILedgerStore Open() => new RecentLedgerStore(capacity: 100);
}
