using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>Calls that are opened and settled without a transaction, from what is held of their budgets in advance.</summary>
public sealed partial class SqliteQuickOpeningTests : IDisposable
{
    private const long Limit = 1_000_000;
    private static readonly BudgetShare Share = new(A.Budget(pico: Limit), "");
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly BudgetBook _book;

    public SqliteQuickOpeningTests() => _book = new(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private (long Settled, long Reserved) Stored =>
        (Number("SELECT total(settled_pusd) FROM accounts"), Number("SELECT total(reserved_pusd) FROM accounts"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CallLikeThoseBefore_IsOpenedWithoutATransaction_AndSettledExactly()
    {
        await using var store = Open();
        store.TryOpen(A.Opening("early", 1, 100, Share)).ShouldBeFalse("nothing is held yet");
        Warm(store);
        var rows = Number("SELECT count(*) FROM intent_batches");

        var opening = A.Opening("quick", 1, 100, Share);
        store.TryOpen(opening).ShouldBeTrue();
        opening.Outcome.ShouldBe(new Reservation { Amount = new(100) });
        store.TryOpen(A.Opening("no budget", 1, 100)).ShouldBeTrue();
        Number("SELECT count(*) FROM intent_batches").ShouldBe(rows);
        Files("calls").ShouldHaveSingleItem();

        store.Commit([A.Settled("quick", 60), A.Settled("no budget", 5)], _book);
        Stored.Settled.ShouldBe(2 + 60);
        Return(store);
        Stored.ShouldBe((62, 0));
    }

    [Fact]
    public async Task WhatIsHeldInAdvance_IsTakenFromTheLimit_AndOnlyAGrainOfIt()
    {
        await using var store = Open();
        Warm(store);

        var held = Stored.Reserved;

        held.ShouldBeInRange(32 * 100, Limit / 64);
        for (var opened = 0; opened < held / 100; opened++)
        {
            store.TryOpen(A.Opening($"q{opened}", 1, 100, Share)).ShouldBeTrue();
        }

        store.TryOpen(A.Opening("more", 1, 100, Share)).ShouldBeFalse("all of it is given away");
        store.Commit([A.Opening("more", 1, 100, Share)], _book);
        store.TryOpen(A.Opening("again", 1, 100, Share)).ShouldBeTrue("the transaction took more");
    }

    [Fact]
    public async Task NearTheLimit_EveryCallIsCommitted_AndTheLimitIsReachedExactly()
    {
        await using var store = Open();
        var share = new BudgetShare(A.Budget(pico: 50_000), "");
        var (spent, quick) = (0, 0);
        for (var i = 0; i < 600; i++)
        {
            var opening = A.Opening($"r{i}", 1, 100, share);
            if (store.TryOpen(opening))
            {
                quick++;
            }
            else
            {
                store.Commit([opening], _book);
            }

            if (opening.Outcome!.Refusal is null)
            {
                spent += 100;
                store.Commit([A.Settled($"r{i}", 100)], _book);
            }
        }

        spent.ShouldBe(50_000);
        quick.ShouldBe(0, "500 calls are too few for a slice");
        Stored.ShouldBe((50_000, 0));
    }

    [Fact]
    public async Task CallThatNeedsWhatIsHeld_GetsIt()
    {
        await using var store = Open();
        Warm(store);
        store.TryOpen(A.Opening("quick", 1, 100, Share)).ShouldBeTrue();

        var whole = A.Opening("whole", 1, Limit - 2 - 100, Share);
        store.Commit([whole], _book);

        whole.Outcome!.Refusal.ShouldBeNull();
        store.TryOpen(A.Opening("none left", 1, 100, Share)).ShouldBeFalse();
        Stored.ShouldBe((2, Limit - 2));
    }

    [Fact]
    public async Task AnotherLimit_IsAskedOfTheAccount()
    {
        await using var store = Open();
        Warm(store);

        var lower = new BudgetShare(A.Budget(pico: 50), "");
        var opening = A.Opening("r", 1, 100, lower);

        store.TryOpen(opening).ShouldBeFalse();
        store.Commit([opening], _book);
        opening.Outcome!.Refusal!.Left.ShouldBe(new Usd(48));
    }

    [Fact]
    public async Task OneBudgetThatHasNothingHeld_KeepsTheOthersWhole()
    {
        await using var store = Open();
        Warm(store);
        var before = Stored.Reserved;

        store.TryOpen(A.Opening("r", 1, 100, Share, new(A.Budget("other"), ""))).ShouldBeFalse();
        var opened = 0;
        while (store.TryOpen(A.Opening($"q{opened}", 1, 100, Share)))
        {
            opened++;
        }

        opened.ShouldBe((int)(before / 100));
    }

    [Fact]
    public async Task Silence_EndsWhatIsHeld_AndAsksTheStoreAgain()
    {
        await using var store = Open();
        Warm(store);

        _time.Advance(TimeSpan.FromSeconds(1.1));
        store.TryOpen(A.Opening("r", 1, 100, Share)).ShouldBeFalse("the store may be gone since");
        Return(store);

        Stored.ShouldBe((2, 0));
        Number("SELECT count(*) FROM instances WHERE slices <> ''").ShouldBe(0);
    }

    [Fact]
    public async Task DurabilityAgainstPowerLoss_CommitsEveryCall()
    {
        await using var store = SqliteLedgerStore.Open(
            _folder.Options with
            {
                Durability = SqliteDurability.Full,
            },
            _time
        );
        Warm(store);

        store.TryOpen(A.Opening("r", 1, 100, Share)).ShouldBeFalse();
        Stored.ShouldBe((2, 0));
        Files("calls").ShouldBeEmpty();
    }

    [Fact]
    public async Task CallWithoutBudgets_TakesNothingFromThoseOfTheCallBefore()
    {
        await using var store = Open();
        Warm(store);
        store.TryOpen(A.Opening("a", 1, 100, Share)).ShouldBeTrue();
        store.Commit([A.Settled("a", 10)], _book);
        Return(store);
        store.Commit([A.Opening("free-1", 1, 100)], _book);

        store.TryOpen(A.Opening("free-2", 1, 100)).ShouldBeTrue();
        store.Commit([A.Settled("free-1", 5), A.Settled("free-2", 5)], _book);

        Stored.ShouldBe((12, 0));
    }

    [Fact]
    public async Task Slots_AreUsedAgain_AndALongIntentIsCommitted()
    {
        await using var store = Open();
        Warm(store);
        for (var round = 0; round < 5_000; round++) // more than there are slots
        {
            store.TryOpen(A.Opening($"r{round}", 1, 100, Share)).ShouldBeTrue();
            store.Commit([A.Settled($"r{round}", 1)], _book);
        }

        var opening = A.Opening("long", 1, 100, Share);
        store
            .TryOpen(opening with { Intent = opening.Intent with { RequestedModel = new string('x', 600) } })
            .ShouldBeFalse();
        store.TryOpen(opening).ShouldBeTrue();
    }

    private SqliteLedgerStore Open() => SqliteLedgerStore.Open(_folder.Options, _time);

    /// <summary>Two calls that are committed: the next ones need not be.</summary>
    private void Warm(SqliteLedgerStore store, string name = "warm")
    {
        string[] ids = [$"{name}-1", $"{name}-2"];
        foreach (var id in ids)
        {
            store.Commit([A.Opening(id, 1, 100, Share)], _book);
            store.Commit([A.Settled(id, 1)], _book);
        }
    }

    private void Return(SqliteLedgerStore store)
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        store.KeepUp(_book);
    }

    private string[] Files(string kind) => Directory.GetFiles(_folder.Root, $"*.{kind}-*");

    private long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
