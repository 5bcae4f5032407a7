using Wye.Contracts;
using Wye.Testing;

namespace Wye.Ledger;

public sealed class RecentLedgerStoreTests : LedgerStoreContract
{
    protected override ILedgerStore Open() => new RecentLedgerStore(capacity: 10_000);

    [Fact]
    public async Task Append_DropsTheOldestBeyondItsCapacity_AndKeepsTheSums()
    {
        var store = new RecentLedgerStore(capacity: 2);

        store.Append([A.LedgerRecord("a", 1), A.LedgerRecord("b", 2), A.LedgerRecord("c", 4)]);

        var token = TestContext.Current.CancellationToken;
        (await store.FindAsync(new("a"), token)).ShouldBeNull();
        (await store.RecentAsync(10, token)).Select(row => row.Id.Value).ShouldBe(["c", "b"]);
        (await store.TotalsAsync(token)).CostPicoDollars.ShouldBe(7);
    }
}
