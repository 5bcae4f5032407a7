using Wye.Contracts;
using Wye.Ledger;

namespace Wye.Sqlite;

public sealed class SqliteLedgerStoreContractTests : LedgerStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override ILedgerStore Open() => SqliteLedgerStore.Open(_folder.Options);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
