using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Wye.Contracts;
using Wye.Ledger.Writing;
using Wye.Primitives;
using Wye.Sqlite.Calls;
using Wye.Testing;

namespace Wye.Sqlite;

/// <content>Records that are kept until a transaction takes them.</content>
public sealed partial class SqliteQuickOpeningTests
{
    [Fact]
    public async Task KeptRecord_CountsAtOnce_AndIsWrittenByWhoeverComesNext()
    {
        var dead = Open();
        Warm(dead);
        dead.TryOpen(A.Opening("a", 1, 100, Share)).ShouldBeTrue();
        dead.TryOpen(A.Opening("b", 1, 100, Share)).ShouldBeTrue();
        var record = A.Settled("a", 60);
        dead.TryKeep(record).ShouldBeTrue();
        (await dead.FindAsync(new("a"), Token)).ShouldBe(record);
        dead.TryKeep(A.Settled("nobody", 1)).ShouldBeFalse("it was not opened here");
        dead.Abandon();

        await using var store = Open();
        store.KeepUp(_book);

        Stored.ShouldBe((2 + 60 + 100, 0));
        var found = (await store.FindAsync(new("a"), Token))!;
        found.Request.ShouldBe(record.Request);
        found.Attempts.ShouldBe(record.Attempts);
        (await store.FindAsync(new("b"), Token))!.Request.Failure.ShouldBe(FailureKind.Unrecorded);
    }

    [Fact]
    public async Task Readers_WaitForWhatIsKept()
    {
        await using var store = Open();
        Warm(store);
        store.TryOpen(A.Opening("a", 1, 100, Share)).ShouldBeTrue();
        store.TryKeep(A.Settled("a", 60)).ShouldBeTrue();

        var totals = store.TotalsAsync(Token);
        await Task.Delay(20, Token);
        totals.IsCompleted.ShouldBeFalse();
        store.Commit([A.Settled("a", 60)], _book);

        (await totals).Requests.ShouldBe(3);
        Return(store);
        Stored.ShouldBe((62, 0));
    }

    [Fact]
    public async Task KeptRecord_ThatTheStoreRefusesAtFirst_IsOwedAndPaid()
    {
        var clock = TimeProvider.System;
        await using var store = SqliteLedgerStore.Open(
            _folder.Options with
            {
                BusyTimeout = TimeSpan.FromMilliseconds(1),
            },
            clock
        );
        await using var writer = new LedgerWriter(
            store,
            clock,
            new() { Upkeep = TimeSpan.FromMilliseconds(20) },
            _book
        );
        for (var i = 0; i < 2; i++)
        {
            await writer.OpenAsync(A.Opening($"w{i}", 1, 100, Share));
            await writer.SettleAsync(A.Settled($"w{i}", 1), Token);
        }

        var opening = writer.OpenAsync(A.Opening("a", 1, 100, Share));
        opening.IsCompletedSuccessfully.ShouldBeTrue();
        using (var other = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=false"))
        {
            other.Open();
            SqliteDatabase.Execute(other, "BEGIN IMMEDIATE");
            var settling = writer.SettleAsync(A.Settled("a", 60), Token);
            settling.IsCompletedSuccessfully.ShouldBeTrue("it is kept");
            await UntilAsync(() => writer.Owed == 1 && !writer.IsHealthy);
            SqliteDatabase.Execute(other, "ROLLBACK");
        }

        await UntilAsync(() => writer.Owed == 0);
        (await store.FindAsync(new("a"), Token)).ShouldNotBeNull();
        Number("SELECT total(settled_pusd) FROM accounts").ShouldBe(62);
    }

    [Fact]
    public async Task Writer_OfManyCallers_RecordsEachOnce_AndNobodyWaits()
    {
        var clock = TimeProvider.System;
        var store = SqliteLedgerStore.Open(_folder.Options, clock);
        var writer = new LedgerWriter(store, clock, options: null, _book);
        var quick = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 3_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (i, token) =>
            {
                var opening = writer.OpenAsync(A.Opening($"r{i}", 1, 100, Share));
                var atOnce = opening.IsCompletedSuccessfully;
                await opening;
                var settling = writer.SettleAsync(A.Settled($"r{i}", i % 100), token);
                Interlocked.Add(ref quick, atOnce && settling.IsCompletedSuccessfully ? 1 : 0);
                await settling;
            }
        );

        quick.ShouldBeGreaterThan(1_000);
        (await store.TotalsAsync(Token)).Requests.ShouldBe(3_000);
        await writer.DisposeAsync();
        await store.DisposeAsync();
        Stored.ShouldBe((30 * 4950, 0));
        Number("SELECT count(*) FROM intents").ShouldBe(0);
        Files("calls").ShouldBeEmpty();
    }

    [Fact]
    public void AnyRecord_IsReadAsItWasKept()
    {
        var fits = 0;
        var database = _folder.File("random.db");
        Prop.ForAll(
                LedgerGenerators.Record("r").ToArbitrary(),
                record =>
                {
                    record = record with { Corrections = [] };
                    using var file = CallFile.Create(database, "p");
                    var opening = A.Opening("r", 1, 1).Intent with { Request = record.Request.Id };
                    if (file.TryOpen(opening, new(1), "") is { } slot && file.TryKeep(slot, record))
                    {
                        fits++;
                        var read = CallFile.Read(database, "p").ShouldHaveSingleItem().Record!;
                        read.Request.ShouldBe(record.Request);
                        read.Attempts.ShouldBe(record.Attempts);
                        read.HasIntents.ShouldBe(record.HasIntents);
                    }

                    file.Dispose();
                    CallFile.Delete(database, "p");
                }
            )
            .QuickCheckThrowOnFailure();
        fits.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("run", "auto", true)]
    [InlineData(null, "ünïcödé \"漢字\" 🚦\0", false)]
    public void AnyIntent_IsReadAsItWasOpened(string? run, string asked, bool stream)
    {
        var intent = A.Opening("r", 2, 1).Intent with
        {
            At = A.Moment.AddMicroseconds(-5),
            RequestedModel = asked,
            Run = run,
            Stream = stream,
            Node = 3,
            Cause = "retry",
            Price = run is null ? null : new("version", "text"),
        };
        var database = _folder.File("intents.db");
        using var file = CallFile.Create(database, "p");
        file.TryOpen(intent with { RequestedModel = new string('x', 600) }, new(1), "").ShouldBeNull("too long");
        file.TryOpen(intent, new(long.MaxValue), "1 23").ShouldBe(0);
        file.TryOpen(intent with { Request = new("other") }, new(1), "").ShouldBe(1);

        CallFile
            .Read(database, "p")[0]
            .ShouldBe(
                new OrphanedIntent
                {
                    Request = new("r"),
                    Number = 2,
                    At = intent.At,
                    Key = intent.Key,
                    Route = intent.Route,
                    RequestedModel = asked,
                    Run = run,
                    Stream = stream,
                    Node = 3,
                    Cause = "retry",
                    Model = intent.Model,
                    Deployment = intent.Deployment,
                    Price = intent.Price?.Version,
                    Reserved = new(long.MaxValue),
                    Accounts = "1 23",
                    Slot = 0,
                }
            );

        file.Free(0);
        file.TryOpen(intent with { RequestedModel = new string('x', 600) }, new(1), "").ShouldBeNull();
        CallFile.Read(database, "p").Select(call => call.Request.Value).ShouldBe(["other"]);
        file.TryOpen(intent, new(1), "").ShouldBe(0, "it is still free");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 1_000 && !condition(); tries++)
        {
            await Task.Delay(10, Token);
        }

        condition().ShouldBeTrue();
    }

    /// <summary>A program that was killed and is then replaced by a newer one: its calls are still known.</summary>
    [Fact]
    public void AnIntentThatAnEarlierReleaseLeft_IsReadAsIfItWereOurs()
    {
        var intent = A.Opening("r", 1, 1).Intent with { RequestedModel = "ünïcödé" };
        var database = _folder.File("earlier.db");
        using var file = CallFile.Create(database, "p");
        file.TryOpen(intent, new(7), "1 23").ShouldBe(0);
        var ours = CallFile.Read(database, "p").ShouldHaveSingleItem();
        using var list = new IntentList();
        list.Add(intent, new(7), "1 23");

        using (
            var left = new FileStream(
                $"{database}.calls-p",
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete
            )
        )
        {
            left.Write(list.Utf8);
            left.WriteByte(0);
        }

        CallFile.Read(database, "p").ShouldHaveSingleItem().ShouldBe(ours);
    }
}
