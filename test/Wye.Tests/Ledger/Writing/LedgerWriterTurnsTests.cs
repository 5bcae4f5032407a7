using Wye.Testing;

namespace Wye.Ledger.Writing;

/// <summary>Where a caller goes on once its step is committed.</summary>
public sealed class LedgerWriterTurnsTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly GatedStore _gated = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _gated.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoneCaller_GoesOnOnTheWritersThread_OnlyWhereThatIsAllowed(bool inline)
    {
        await using var writer = new LedgerWriter(_gated.Memory, _time, new() { ContinueInline = inline });
        var thread = ThreadAfterAsync(writer.SettleAsync(A.LedgerRecord("a"), Token));
        await _gated.AppendBegunAsync();
        _gated.Allow();

        (await thread == "wye-ledger").ShouldBe(inline);
    }

    [Fact]
    public async Task CallersOfOneBatch_GoOnOnThePool()
    {
        await using var writer = new LedgerWriter(_gated.Memory, _time, new() { ContinueInline = true });
        var first = ThreadAfterAsync(writer.SettleAsync(A.LedgerRecord("first"), Token));
        await _gated.AppendBegunAsync();
        var threads = A.LedgerRecords(3 * SettlementTurn.Most)
            .Select(record => ThreadAfterAsync(writer.SettleAsync(record, Token)))
            .ToList();
        _gated.Allow(2);

        await first;
        (await Task.WhenAll(threads)).ShouldAllBe(name => name != "wye-ledger");
    }

    [Fact]
    public async Task CallerThatKeepsTheWritersThread_IsTakenForAStoreThatDoesNotAnswer()
    {
        await using var writer = new LedgerWriter(_gated.Memory, _time, new() { ContinueInline = true });
        using var leave = new ManualResetEventSlim();
        var kept = KeepAsync(writer.SettleAsync(A.LedgerRecord("keeps"), Token), leave);
        await _gated.AppendBegunAsync();
        _gated.Allow();
        (await kept.Reached).ShouldBe("wye-ledger");

        var behind = writer.SettleAsync(A.LedgerRecord("behind"), Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(7));
        (await Should.ThrowAsync<LedgerUnavailableException>(behind)).Message.ShouldContain("not answered");
        writer.IsHealthy.ShouldBeFalse();

        leave.Set();
        await kept.Ended;
        _gated.Allow();
        await LedgerWriterTests.SettleWhenOpenAsync(writer, A.LedgerRecord("later"));
        _gated.Memory.Records.Select(record => record.Request.Id.Value).ShouldBe(["keeps", "later"]);
    }

    private static async Task<string?> ThreadAfterAsync(ValueTask wait)
    {
        await wait.ConfigureAwait(false);
        return Thread.CurrentThread.Name;
    }

    private static (Task<string?> Reached, Task Ended) KeepAsync(ValueTask wait, ManualResetEventSlim leave)
    {
        var reached = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (reached.Task, KeepAsync());

        async Task KeepAsync()
        {
            await wait.ConfigureAwait(false);
            reached.SetResult(Thread.CurrentThread.Name);
            leave.Wait(Token);
        }
    }
}
