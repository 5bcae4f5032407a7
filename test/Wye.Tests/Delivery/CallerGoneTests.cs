using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class CallerGoneTests
{
    private readonly DeliveryWorld _world = new();

    private async Task<Outcome> LeaveDuring(Task<Outcome> delivery, bool inCall = true)
    {
        delivery.IsCompleted.ShouldBeFalse();
        await _world.Caller.CancelAsync();
        if (inCall)
        {
            delivery.IsCompleted.ShouldBeTrue("upstream is cancelled at once");
        }

        var outcome = await delivery;
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
        _world.Time.Armed.ShouldBe(0);
        outcome.Error!.Kind.ShouldBe(FailureKind.CallerGone);
        outcome.Record.Request.Status.ShouldBe(499);
        _world.Ledger.Tokens.ShouldAllBe(token => !token.CanBeCanceled);
        return outcome;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BeforeTheFirstByte_NothingElseIsCalled_AndTheRowIsFlagged(bool stream)
    {
        _world.Models.Plan("a", Script.Hang());
        var outcome = await LeaveDuring(_world.Deliver(Chain("a", "b"), stream));
        _world.Called.ShouldBe("a");
        outcome.Record.Attempts[0].Estimated.ShouldBeTrue();
        outcome.Record.Request.Estimated.ShouldBeTrue();
        _world.Journal.ShouldBe(["settle", "fail CallerGone"]);
        _world.Health.Of(new DeploymentId("a")).ConsecutiveFailures.ShouldBe(0);
    }

    [Fact]
    public async Task MidStream_ThePartialAnswerIsBilledAsAnEstimate()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Content("twelve bytes"), Script.Stall()));
        var outcome = await LeaveDuring(_world.Deliver(Chain("a"), stream: true));
        _world.Journal.ShouldBe(["start", "role", "twelve bytes", "settle", "cut CallerGone"]);
        var attempt = outcome.Record.Attempts.ShouldHaveSingleItem();
        attempt.Estimated.ShouldBeTrue();
        attempt.Usage.ShouldBe(new Usage { InputTokens = 12, OutputTokens = 3 });
        attempt.Cost.ShouldBe(new Usd((12 * 1_000_000) + (3 * 4_000_000)));
        outcome.Saved.ShouldBe(Usd.Zero - outcome.Cost);
    }

    [Fact]
    public async Task WhileWaitingForARetry_TheWaitEndsAtOnce()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        var outcome = await LeaveDuring(_world.Deliver(Plan(Node("a") with { Retries = 1 })), inCall: false);
        _world.Called.ShouldBe("a");
        outcome.Record.Attempts.Length.ShouldBe(1);
    }

    [Fact]
    public async Task AWriteThatBreaks_IsACallerWhoLeft()
    {
        _world.Models.Plan("a", Script.StreamOf("one", "two"));
        _world.Sink.OnWrite = what => what is "one" ? throw new IOException("reset") : ValueTask.CompletedTask;
        var outcome = await _world.Deliver(Chain("a", "b"), stream: true);
        outcome.Record.Request.Status.ShouldBe(499);
        _world.Journal.ShouldBe(["start", "role", "one", "settle", "cut CallerGone"]);
    }

    [Fact]
    public async Task BeforeAnything_NothingIsCalledAndTheRowIsWritten()
    {
        await _world.Caller.CancelAsync();
        var outcome = await _world.Deliver(Chain("a"));
        _world.Models.Calls.ShouldBeEmpty();
        outcome.Record.Request.Status.ShouldBe(499);
        _world.Record.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task AtTheVeryEnd_TheSettledAnswerStands()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        _world.Sink.OnWrite = _ => throw new OperationCanceledException();
        var outcome = await _world.Deliver(Chain("a"));
        outcome.Record.Request.Status.ShouldBe(200);
        outcome.Error.ShouldBeNull();
    }
}
