using Wye.Testing;

namespace Wye.Ledger.Writing;

public sealed class LedgerWriterTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly GatedStore _gated = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemoryLedgerStore Store => _gated.Memory;

    public void Dispose() => _gated.Dispose();

    [Fact]
    public async Task Settle_CompletesOnlyWhenItsRecordIsCommitted()
    {
        await using var writer = new LedgerWriter(Store, _time);
        var wait = writer.SettleAsync(A.LedgerRecord("a", 1), Token).AsTask();
        await _gated.AppendBegunAsync();

        wait.IsCompleted.ShouldBeFalse();
        _gated.Allow();
        await wait;

        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["a"]);
        writer.Recorded.ShouldBe(1);
    }

    [Fact]
    public async Task Settle_DuringACommit_SharesTheNextOneInOrder()
    {
        await using var writer = new LedgerWriter(Store, _time);
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(11));
        writer.QueueLength.ShouldBe(10);

        _gated.Allow(2);
        await Task.WhenAll(waits);

        Store.Batches.ShouldBe([1, 10]);
        Store
            .Records.Select(record => record.Request.Id.Value)
            .ShouldBe(A.LedgerRecords(11).Select(r => r.Request.Id.Value));
        writer.QueueLength.ShouldBe(0);
    }

    [Fact]
    public async Task Settle_OfMoreThanABatch_TakesSeveralCommits()
    {
        await using var writer = new LedgerWriter(Store, _time, new() { MaxBatch = 4 });
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(11));

        _gated.Allow(4);
        await Task.WhenAll(waits);

        Store.Batches.ShouldBe([1, 4, 4, 2]);
    }

    [Fact]
    public async Task Settle_OfACallerWhoLeft_StillWritesTheRow()
    {
        await using var writer = new LedgerWriter(Store, _time);
        _gated.Allow();

        await writer.SettleAsync(A.LedgerRecord("a", 1), new CancellationToken(canceled: true));

        Store.Records.Count.ShouldBe(1);
    }

    [Fact]
    public async Task StoreFailure_FailsItsBatchOnly_AndTheWriterLivesOn()
    {
        await using var writer = new LedgerWriter(Store, _time);
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(3));
        _gated.OnAppend = count => throw new LedgerUnavailableException($"disk full ({count})");

        _gated.Allow(2);
        (await Should.ThrowAsync<LedgerUnavailableException>(waits[0])).Message.ShouldBe("disk full (1)");
        (await Should.ThrowAsync<LedgerUnavailableException>(waits[1])).Message.ShouldBe("disk full (2)");
        (await Should.ThrowAsync<LedgerUnavailableException>(waits[2])).Message.ShouldBe("disk full (2)");
        writer.Refused.ShouldBe(3);

        _gated.OnAppend = null;
        _gated.Allow();
        await writer.SettleAsync(A.LedgerRecord("later", 1), Token);

        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["later"]);
    }

    [Fact]
    public async Task RecordThatCannotBeStored_FailsAlone()
    {
        await using var writer = new LedgerWriter(Store, _time);
        LedgerRecord[] records = [A.LedgerRecord("a"), A.LedgerRecord("b"), A.LedgerRecord("a"), A.LedgerRecord("c")];
        var waits = await QueueBehindACommitAsync(writer, records);

        _gated.Allow(5);
        await Task.WhenAll(waits[0], waits[1], waits[3]);

        (await Should.ThrowAsync<LedgerUnavailableException>(waits[2])).Message.ShouldContain("'a'");
        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["a", "b", "c"]);
        writer.IsHealthy.ShouldBeTrue();
        writer.LastError!.ShouldContain("'a'");
        (writer.Recorded, writer.Refused).ShouldBe((3, 1));
    }

    [Fact]
    public async Task UnexpectedException_EndsEveryWait()
    {
        await using var writer = new LedgerWriter(Store, _time);
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(3));
        _gated.OnAppend = _ => throw new InvalidOperationException("surprise");

        _gated.Allow(4);

        foreach (var wait in waits)
        {
            (await Should.ThrowAsync<LedgerUnavailableException>(wait)).Message.ShouldContain("surprise");
        }
    }

    [Fact]
    public async Task FullQueue_RefusesAtOnce()
    {
        await using var writer = new LedgerWriter(Store, _time, new() { QueueCapacity = 2 });
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(3));

        var refused = writer.SettleAsync(A.LedgerRecord("one too many"), Token);

        refused.IsCompleted.ShouldBeTrue();
        var error = await Should.ThrowAsync<LedgerUnavailableException>(refused.AsTask());
        error.Message.ShouldBe("The ledger's queue is full (2 records wait).");
        _gated.Allow(2);
        await Task.WhenAll(waits);
        Store.Records.Count.ShouldBe(3);
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_FailsAllWhoWait_RefusesNewcomers_AndIsUsedAgainWhenItAnswers()
    {
        await using var writer = new LedgerWriter(Store, _time, new() { StallLimit = TimeSpan.FromSeconds(5) });
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(3));

        _time.Advance(TimeSpan.FromSeconds(4.9));
        waits.ShouldAllBe(wait => !wait.IsCompleted);
        writer.IsHealthy.ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(1.5));
        foreach (var wait in waits)
        {
            (await Should.ThrowAsync<LedgerUnavailableException>(wait)).Message.ShouldContain("not answered for 5 s");
        }

        writer.IsHealthy.ShouldBeFalse();
        writer.SettleAsync(A.LedgerRecord("newcomer"), Token).IsFaulted.ShouldBeTrue();
        (writer.QueueLength, writer.Refused).ShouldBe((0, 4));

        // It answers: what it had in hand is recorded, what waited behind was refused and is not.
        _gated.Allow(2);
        await SettleWhenOpenAsync(writer, A.LedgerRecord("later"));
        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["req_000000", "later"]);
        writer.IsHealthy.ShouldBeTrue();
    }

    [Fact]
    public async Task Failure_WearsOff_SoThatTrafficCanShowTheStoreIsBack()
    {
        await using var writer = new LedgerWriter(Store, _time, new() { Recovery = TimeSpan.FromSeconds(5) });
        writer.IsHealthy.ShouldBeTrue();
        writer.LastError.ShouldBeNull();
        _gated.OnAppend = _ => throw new LedgerUnavailableException("disk full");
        _gated.Allow();
        await Should.ThrowAsync<LedgerUnavailableException>(writer.SettleAsync(A.LedgerRecord(), Token).AsTask());

        (writer.IsHealthy, writer.LastError).ShouldBe((false, "disk full"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        writer.IsHealthy.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        writer.IsHealthy.ShouldBeTrue();

        _gated.OnAppend = null;
        _gated.Allow();
        await writer.SettleAsync(A.LedgerRecord(), Token);
        writer.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Debts_OfCallsThatWereMade_AreKeptWhenRefusalsHaveTakenTheRoom()
    {
        var writer = new LedgerWriter(Store, _time, new() { QueueCapacity = 2 });
        foreach (var refused in A.LedgerRecords(5).Select(record => record with { Attempts = [] }))
        {
            writer.Owe(refused);
        }

        writer.Owe(A.LedgerRecord("paid", 1));
        writer.Owed.ShouldBe(3);

        _gated.Allow();
        await writer.DisposeAsync();
        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["req_000000", "req_000001", "paid"]);
        Store.Batches.ShouldBe([3]);
    }

    [Fact]
    public async Task Debt_ThatCannotBeStored_DoesNotKeepTheOthers()
    {
        var writer = new LedgerWriter(Store, _time);
        foreach (var owed in A.LedgerRecords(3))
        {
            writer.Owe(owed);
        }

        var commits = 0;
        _gated.OnAppend = _ =>
        {
            // All three together, then the first alone.
            if (++commits <= 2)
            {
                throw new InvalidOperationException("surprise");
            }
        };
        _gated.Allow(4);
        await writer.DisposeAsync();
        Store.Records.Select(record => record.Request.Id.Value).ShouldBe(["req_000001", "req_000002"]);
        writer.Owed.ShouldBe(0);
    }

    [Fact]
    public async Task Dispose_CommitsWhatIsQueued_AndRefusesWhatComesAfter()
    {
        var writer = new LedgerWriter(Store, _time);
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(20));

        var closing = writer.DisposeAsync().AsTask();
        var late = writer.SettleAsync(A.LedgerRecord("late"), Token).AsTask();
        _gated.Allow(2);
        await closing;

        await Task.WhenAll(waits);
        Store.Records.Count.ShouldBe(20);
        (await Should.ThrowAsync<LedgerUnavailableException>(late)).Message.ShouldBe("The ledger is closed.");
    }

    [Fact]
    public async Task Dispose_WithAStoreThatDoesNotAnswer_Ends()
    {
        var writer = new LedgerWriter(Store, _time, new() { StallLimit = TimeSpan.FromSeconds(5) });
        var waits = await QueueBehindACommitAsync(writer, A.LedgerRecords(2));

        var closing = writer.DisposeAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        await closing;

        foreach (var wait in waits)
        {
            await Should.ThrowAsync<LedgerUnavailableException>(wait);
        }
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Options_OutOfRange_AreRefused(int capacity, int batch, int stall) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new LedgerWriter(
                Store,
                _time,
                new()
                {
                    QueueCapacity = capacity,
                    MaxBatch = batch,
                    StallLimit = TimeSpan.FromSeconds(stall),
                }
            )
        );

    private async Task<Task[]> QueueBehindACommitAsync(LedgerWriter writer, LedgerRecord[] records)
    {
        var first = writer.SettleAsync(records[0], Token).AsTask();
        await _gated.AppendBegunAsync();
        return [first, .. records.Skip(1).Select(record => writer.SettleAsync(record, Token).AsTask())];
    }

    // The stalled append ends on the writer's thread some time after its leave was given.
    internal static async Task SettleWhenOpenAsync(LedgerWriter writer, LedgerRecord record)
    {
        while (true)
        {
            try
            {
                await writer.SettleAsync(record, Token);
                return;
            }
            catch (LedgerUnavailableException)
            {
                await Task.Yield();
            }
        }
    }
}
