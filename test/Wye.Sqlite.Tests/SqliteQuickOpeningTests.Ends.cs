using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>What becomes of quick calls when a process dies, a transaction fails or a request is deleted.</summary>
public sealed partial class SqliteQuickOpeningTests
{
    [Fact]
    public async Task DeadProcess_IsSettledForItsQuickCalls_AndGivesBackTheRest()
    {
        var dead = Open();
        Warm(dead);
        dead.TryOpen(A.Opening("recorded", 1, 100, Share)).ShouldBeTrue();
        dead.TryOpen(A.Opening("open", 1, 100, Share)).ShouldBeTrue();
        dead.TryOpen(A.Opening("twice", 1, 100, Share)).ShouldBeTrue();
        dead.Commit([A.Settled("recorded", 60)], _book);
        var second = A.Opening("twice", 2, 30, Share) with { Ended = [new EndedCall(1, new(7), Estimated: false)] };
        dead.TryOpen(second).ShouldBeFalse("the account must hear of the first");
        dead.Commit([second], _book);
        dead.TryOpen(A.Opening("last", 1, 100, Share)).ShouldBeTrue("after the last transaction");
        dead.Abandon();
        var left = Files("calls").ShouldHaveSingleItem();

        await using var store = Open();
        store.KeepUp(_book);

        Stored.ShouldBe((2 + 60 + 100 + 7 + 30 + 100, 0));
        (await store.FindAsync(new("recorded"), Token))!.Request.Failure.ShouldBeNull();
        var open = (await store.FindAsync(new("open"), Token))!;
        open.Request.Failure.ShouldBe(FailureKind.Unrecorded);
        open.Request.Estimated.ShouldBeTrue();
        open.Request.Key.ShouldBe(new KeyId("key1"));
        open.Attempts.ShouldHaveSingleItem().Price!.Text.ShouldBe("input=1 output=4");
        (await store.FindAsync(new("twice"), Token))!.Request.Cost.ShouldBe(new Usd(37));
        (await store.FindAsync(new("last"), Token))!.Request.Cost.ShouldBe(new Usd(100));
        Files("calls").ShouldNotContain(left);

        // Once.
        store.KeepUp(_book);
        Stored.ShouldBe((299, 0));
    }

    [Fact]
    public async Task ProcessThatHasOnlySettledAnothers_IsNotKnownToTheFile_SoItsFirstCallIsCommitted()
    {
        var dead = Open();
        dead.Commit([A.Opening("open", 1, 100)], _book);
        dead.Abandon();
        await using var store = Open();
        store.KeepUp(_book);
        store.Append([A.LedgerRecord("refused")]);

        store.TryOpen(A.Opening("a", 1, 100)).ShouldBeFalse();
        store.Commit([A.Opening("a", 1, 100)], _book);
        store.TryOpen(A.Opening("b", 1, 100)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FailedTransaction_LosesNoQuickCall_AndNothingThatIsHeld(bool newConnection)
    {
        await using var store = Open();
        Warm(store);
        store.TryOpen(A.Opening("a", 1, 100, Share)).ShouldBeTrue();
        store.Commit([A.Settled("else", 1)], _book);
        store.TryOpen(A.Opening("b", 1, 100, Share)).ShouldBeTrue();
        if (newConnection)
        {
            store.DropConnection();
        }
        else
        {
            Should.Throw<ArgumentException>(() => store.Commit([A.Settled("a", 5), A.Settled("else", 1)], _book));
        }

        store.TryOpen(A.Opening("c", 1, 100, Share)).ShouldBeFalse("until the store has proven itself again");
        store.Commit([A.Settled("a", 50)], _book);
        Stored.ShouldBe((52, 100));
        Warm(store, "again");
        store.TryOpen(A.Opening("d", 1, 100, Share)).ShouldBeTrue();
        store.Commit([A.Settled("b", 60), A.Settled("d", 1)], _book);

        Return(store);
        Stored.ShouldBe((115, 0));
    }

    [Fact]
    public async Task RequestThatIsDeletedForItsAge_DoesNotOpenAgain()
    {
        var store = SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 32 }, _time);
        Warm(store);
        store.TryOpen(A.Opening("old", 1, 100, Share)).ShouldBeTrue();
        store.TryOpen(A.Opening("long", 1, 100, Share)).ShouldBeTrue();
        store.Commit([A.Settled("old", 50)], _book);
        _time.Advance(A.Moment.AddDays(40) - _time.GetUtcNow());
        store.KeepUp(_book);
        store.KeepUp(_book);
        Number("SELECT count(*) FROM requests").ShouldBe(0);
        store.Abandon();

        await using var next = SqliteLedgerStore.Open(_folder.Options, _time);
        next.KeepUp(_book);

        (await next.FindAsync(new("old"), Token)).ShouldBeNull();
        (await next.FindAsync(new("long"), Token)).ShouldNotBeNull();
        Stored.ShouldBe((2 + 50 + 100, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WhateverHappens_TwoStoresNeverSpendMoreThanTheLimit_AndAllIsAccountedFor(int seed)
    {
        var random = new Random(seed);
        var share = new BudgetShare(A.Budget(pico: 400_000), "");
        SqliteLedgerStore[] stores = [Open(), Open()];
        List<(string Id, long Held)>[] open =
        [
            [],
            [],
        ];
        List<LedgerRecord>[] kept =
        [
            [],
            [],
        ];
        var (settled, quick, refused) = (0L, 0, 0);
        for (var step = 0; step < 4_000; step++)
        {
            var one = random.Next(2);
            var store = stores[one];
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            switch (random.Next(100))
            {
                case < 55:
                    var opening = A.Opening($"r{step}", 1, random.Next(1, 120), share);
                    var isQuick = store.TryOpen(opening);
                    quick += isQuick ? 1 : 0;
                    if (!isQuick)
                    {
                        store.Commit([opening], _book);
                    }

                    if (opening.Outcome!.Refusal is null)
                    {
                        open[one].Add(($"r{step}", opening.Outcome.Amount!.Value.PicoDollars));
                    }
                    else
                    {
                        refused++;
                    }

                    break;
                case < 95 when open[one].Count > 0:
                    var (id, held) = open[one][^1];
                    open[one].RemoveAt(open[one].Count - 1);
                    var cost = random.NextInt64(held / 2, held + 1);
                    settled += cost;
                    var record = A.Settled(id, cost);
                    if (store.TryKeep(record))
                    {
                        kept[one].Add(record);
                    }
                    else
                    {
                        store.Commit([record], _book);
                    }

                    break;
                case < 97:
                    store.Commit([.. kept[one]], _book);
                    kept[one].Clear();
                    break;
                case < 98:
                    store.KeepUp(_book);
                    break;
                case 98:
                    Should.Throw<ArgumentException>(() =>
                        store.Commit([A.Settled("twice", 0), A.Settled("twice", 0)], _book)
                    );
                    break;
                default:
                    store.Abandon();
                    settled += open[one].Sum(call => call.Held);
                    open[one].Clear();
                    kept[one].Clear();
                    stores[one] = Open();
                    stores[one].KeepUp(_book);
                    break;
            }

            var held2 = open.Sum(calls => calls.Sum(call => call.Held));
            (settled + held2).ShouldBeLessThanOrEqualTo(400_000);
            var stored = Stored;
            var unwritten = kept.Sum(records => records.Sum(record => record.Attempts[0].Cost!.Value.PicoDollars));
            stored.Settled.ShouldBe(settled - unwritten);
            stored.Reserved.ShouldBeGreaterThanOrEqualTo(held2);
            (stored.Settled + stored.Reserved).ShouldBeLessThanOrEqualTo(400_000);
        }

        quick.ShouldBeGreaterThan(100);
        foreach (var (store, calls, records) in stores.Zip(open, kept))
        {
            store.Commit([.. records], _book);
            calls.ForEach(call => store.Commit([A.Settled(call.Id, call.Held)], _book));
            settled += calls.Sum(call => call.Held);
            Return(store);
        }

        Stored.ShouldBe((settled, 0));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        Files("calls").ShouldBeEmpty();
    }
}
