using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Sqlite.Tables;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>Calls that run: one row for what one transaction opened.</summary>
public sealed class SqliteOpenCallsTests : IDisposable
{
    private static readonly BudgetShare Share = new(A.Budget(pico: 10_000), "");
    private readonly TemporaryFolder _folder = new();
    private readonly BudgetBook _book = new(new ManualTime());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private (long Settled, long Reserved) Balance
    {
        get
        {
            var balance = _book.BalanceOf(AccountId.At(Share, A.Moment));
            return (balance.Settled.PicoDollars, balance.Reserved.PicoDollars);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calls_OfOneTransaction_AreOneRow_ThatIsUsedAgainAfterTheLastOfThem()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        store.Commit([A.Opening("a", 1, 300, Share), A.Opening("b", 1, 200, Share)], _book);
        store.Commit([A.Opening("c", 1, 100, Share)], _book);
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 3));

        store.Commit([A.Settled("a", 50)], _book);
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 2));
        Balance.ShouldBe((50, 300));

        store.Commit([A.Settled("c", 60), A.Settled("b", 70)], _book);
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 0));
        Balance.ShouldBe((180, 0));

        store.Commit([A.Opening("d", 1, 10, Share)], _book);
        store.Commit([A.Opening("e", 1, 20, Share)], _book);
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 2));
        Balance.ShouldBe((180, 30));
    }

    [Fact]
    public async Task ManyClosedRows_AreDeleted()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => $"r{i}")];
        foreach (var id in ids)
        {
            store.Commit([A.Opening(id, 1, 100, Share)], _book);
        }

        Number("SELECT count(*) FROM intent_batches").ShouldBe(40);
        store.Commit([.. ids.Select(id => A.Settled(id, 1))], _book);

        Number("SELECT count(*) FROM intent_batches").ShouldBe(0);
        Balance.ShouldBe((40, 0));
    }

    [Fact]
    public async Task WhatAnotherStoreSpends_IsSeenByTheNextOpening_AndOwnRowsAreKnown()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        await using var other = SqliteLedgerStore.Open(_folder.Options);
        for (var i = 0; i < 3; i++)
        {
            store.Commit([A.Opening($"a{i}", 1, 10, Share)], _book);
            store.Commit([A.Settled($"a{i}", 7)], _book);
            other.Commit([A.Opening($"b{i}", 1, 10, Share)], book: null);
            other.Commit([A.Settled($"b{i}", 5)], book: null);
            store.Commit([A.Opening($"c{i}", 1, 10, Share), A.Settled($"c{i}", 1)], _book);
        }

        Balance.ShouldBe((3 * 13, 0));
    }

    [Fact]
    public async Task DeadProcess_IsSettledForWhatItHadNotRecorded_AndForNothingElse()
    {
        var dead = SqliteLedgerStore.Open(_folder.Options);
        dead.Commit([A.Opening("a", 1, 300, Share), A.Opening("b", 1, 200, Share)], book: null);
        dead.Commit([A.Settled("a", 50)], book: null);
        dead.Abandon();

        await using var store = SqliteLedgerStore.Open(_folder.Options);
        store.KeepUp(_book);

        Balance.ShouldBe((250, 0));
        (await store.FindAsync(new("a"), Token))!.Request.Failure.ShouldBeNull();
        (await store.FindAsync(new("b"), Token))!.Request.Failure.ShouldBe(FailureKind.Unrecorded);
        Number("SELECT count(*) FROM intent_batches").ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FailedTransaction_ForgetsNothingThatIsOpen(bool newConnection)
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        store.Commit([A.Opening("a", 1, 300, Share), A.Opening("b", 1, 200, Share)], _book);
        var second = A.Opening("a", 2, 100, Share) with { Ended = [new EndedCall(1, new(40), Estimated: false)] };
        store.Commit([second], _book);
        store.Commit([A.Settled("c", 1)], _book);
        if (newConnection)
        {
            store.DropConnection();
        }
        else
        {
            Should.Throw<ArgumentException>(() =>
                store.Commit([A.Opening("d", 1, 5, Share), A.Settled("c", 1)], _book)
            );
        }

        store.Commit([A.Settled("b", 20)], _book);
        Balance.ShouldBe((60, 100));
        store.Commit([A.Settled("a", 40, 90)], _book);

        Balance.ShouldBe((150, 0));
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 0));

        // Rows read back from the file are used again, too.
        store.Commit([A.Opening("e", 1, 5, Share)], _book);
        (Number("SELECT count(*) FROM intent_batches"), Number("SELECT count(*) FROM intents")).ShouldBe((2, 1));
    }

    [Fact]
    public async Task RequestThatIsDeletedForItsAge_DoesNotOpenAgain_ThoughALongCallKeepsItsRow()
    {
        var time = new ManualTime();
        var store = SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 32 }, time);
        store.Commit([A.Opening("a", 1, 300, Share), A.Opening("long", 1, 200, Share)], _book);
        store.Commit([A.Settled("a", 50)], _book);
        time.Advance(A.Moment.AddDays(40) - time.GetUtcNow());

        store.KeepUp(_book);
        store.KeepUp(_book);

        Number("SELECT count(*) FROM requests").ShouldBe(0);
        Number("SELECT count(*) FROM intents").ShouldBe(1);
        store.Abandon();
        await using var next = SqliteLedgerStore.Open(_folder.Options, time);
        next.KeepUp(_book);
        Balance.ShouldBe((250, 0));
    }

    [Fact]
    public async Task Migration_TakesOpenCallsAlong()
    {
        const int rowPerCall = 5;
        SqliteDatabase.Open(_folder.Options, [.. Schema.Steps.Take(rowPerCall)]);
        Execute(
            """
            INSERT INTO instances (id, started_us) VALUES ('gone', 0);
            INSERT INTO accounts (seq, budget, spender, period, start_us, settled_pusd, reserved_pusd, updated_us)
              VALUES (7, 'all', '', 'Total', 0, 0, 300, 0);
            INSERT INTO intents (request, number, instance, at_us, key_id, route, requested_model, stream, node, cause, model,
              deployment, reserved_pusd, accounts, done)
              VALUES ('a', 1, 'gone', 0, 'key', 'auto', 'auto', 0, 0, 'first', 'm', 'p/m', 40, '', 1),
                     ('a', 2, 'gone', 0, 'key', 'auto', 'auto', 0, 0, 'retry', 'm', 'p/m', 300, '7', 0);
            """
        );
        await using var store = SqliteLedgerStore.Open(_folder.Options);

        store.KeepUp(_book);

        var record = (await store.FindAsync(new("a"), Token))!;
        record.Attempts.Select(attempt => attempt.Cost).ShouldBe([new Usd(40), new Usd(300)]);
        Number("SELECT settled_pusd FROM accounts").ShouldBe(300);
        Number("SELECT reserved_pusd FROM accounts").ShouldBe(0);
    }

    private long Number(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=false");
        connection.Open();
        return connection;
    }
}
