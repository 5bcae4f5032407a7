using Microsoft.Data.Sqlite;
using Wye.Contracts;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Sqlite;

public sealed class SqliteBudgetStoreTests : BudgetStoreContract
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override ILedgerStore Open() => SqliteLedgerStore.Open(_folder.Options);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TwoStoresOnOneFile_NeverSpendTheSameDollar()
    {
        await using var other = SqliteLedgerStore.Open(_folder.Options);
        var share = new BudgetShare(A.Budget(pico: 1_000), "");
        var granted = 0;

        Parallel.ForEach(
            Enumerable.Range(0, 64),
            i =>
            {
                var opening = A.Opening($"r{i}", 1, 30, share);
                (i % 2 == 0 ? Store : other).Commit([opening], book: null);
                Interlocked.Add(ref granted, opening.Outcome!.Refusal is null ? 1 : 0);
            }
        );

        granted.ShouldBe(33);
    }

    [Fact]
    public async Task DeadProcess_LeavesItsOpenCallsToTheNext_SettledAsReservedAndFlagged()
    {
        var (budget, book) = (A.Budget(pico: 1_000), new BudgetBook(new ManualTime()));
        var dead = SqliteLedgerStore.Open(_folder.Options);
        var first = A.Opening("a", 1, 300, new BudgetShare(budget, ""));
        var second = A.Opening("a", 2, 200, new BudgetShare(budget, "")) with
        {
            Ended = [new EndedCall(1, new(50), Estimated: false)],
        };
        dead.Commit([first], book: null);
        dead.Commit([second], book: null);
        dead.Abandon();

        Store.KeepUp(book);

        book.BalanceOf(AccountId.At(new(budget, ""), A.Moment)).ShouldBe(new(new(250), new(0)));
        var record = (await Store.FindAsync(new("a"), Token))!;
        record.Request.Estimated.ShouldBeTrue();
        record.Request.Failure.ShouldBe(FailureKind.Unrecorded);
        record.Request.Cost.ShouldBe(new Usd(250));
        record.Attempts.Select(attempt => attempt.Cost!.Value.PicoDollars).ShouldBe([50, 200]);
        record.Attempts[0].Price!.Text.ShouldBe("input=1 output=4");
        Directory.GetFiles(_folder.Root, "*.lease-*").Length.ShouldBe(1);

        // Once.
        Store.KeepUp(book);
        (await Store.TotalsAsync(Token)).CostPicoDollars.ShouldBe(250);
    }

    [Fact]
    public async Task LivingNeighbour_KeepsWhatItHolds()
    {
        var (budget, book) = (A.Budget(pico: 1_000), new BudgetBook(new ManualTime()));
        await using var other = SqliteLedgerStore.Open(_folder.Options);
        other.Commit([A.Opening("a", 1, 300, new BudgetShare(budget, ""))], book: null);

        Store.KeepUp(book);

        book.BalanceOf(AccountId.At(new(budget, ""), A.Moment)).ShouldBe(new(new(0), new(300)));
        (await Store.FindAsync(new("a"), Token)).ShouldBeNull();
        other.Commit([A.Settled("a", 100)], book: null);
        Store.KeepUp(book);
        book.BalanceOf(AccountId.At(new(budget, ""), A.Moment)).ShouldBe(new(new(100), new(0)));
    }

    [Fact]
    public async Task OrderlyEnd_LeavesNoLeaseAndNoReservation()
    {
        var other = SqliteLedgerStore.Open(_folder.Options);
        other.Commit([A.Opening("a", 1, 300, new BudgetShare(A.Budget(pico: 1_000), ""))], book: null);

        await other.DisposeAsync();

        Directory.GetFiles(_folder.Root, "*.lease-*").ShouldBeEmpty();
        (await Store.FindAsync(new("a"), Token))!.Request.Cost.ShouldBe(new Usd(300));
    }

    [Fact]
    public async Task Price_IsKeptOnceByItsHash_AndAChangeRewritesNothing()
    {
        var (old, now) = (new Catalog.Price(new(1), new(2)), new Catalog.Price(new(3), new(4)));
        Store.Append([Priced("a", old), Priced("b", old), Priced("c", now)]);

        (await Store.FindAsync(new("b"), Token))!.Attempts[0].Price.ShouldBe(old.Facts);
        (await Store.FindAsync(new("c"), Token))!.Attempts[0].Price.ShouldBe(now.Facts);
        Scalar("SELECT count(*) FROM prices").ShouldBe(2);
    }

    private static LedgerRecord Priced(string id, Catalog.Price price) =>
        A.LedgerRecord(id) with
        {
            Attempts = [A.AttemptEntry(id) with { Price = price.Facts }],
        };

    private long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Options.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
