using Wye.Contracts;
using Wye.Testing;

namespace Wye.Ledger;

public sealed class MemoryLedgerStoreTests : LedgerStoreContract
{
    protected override ILedgerStore Open() => new MemoryLedgerStore();
}
