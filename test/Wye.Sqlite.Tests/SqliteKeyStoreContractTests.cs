using Wye.Access;
using Wye.Contracts;

namespace Wye.Sqlite;

public sealed class SqliteKeyStoreContractTests : KeyStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override IKeyStore Open() => SqliteKeyStore.Open(_folder.Options);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
