using Wye.Contracts;
using Wye.Testing;

namespace Wye.Access;

public sealed class MemoryKeyStoreTests : KeyStoreContract
{
    protected override IKeyStore Open() => new MemoryKeyStore();
}
