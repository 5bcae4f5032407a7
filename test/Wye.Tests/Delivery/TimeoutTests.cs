using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class TimeoutTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly DeliveryWorld _world = new();

    private static RoutePlan Bounded(RoutePlan plan) =>
        plan with
        {
            Bounds = new PlanBounds
            {
                FirstToken = TimeSpan.FromSeconds(20),
                InterToken = TimeSpan.FromSeconds(5),
                Reply = TimeSpan.FromSeconds(40),
                Total = TimeSpan.FromSeconds(50),
            },
        };

    /// <summary>The delivery stands still until exactly this moment.</summary>
    /// <summary>A caller who does not take a frame before the source is set.</summary>
    private TaskCompletionSource ReaderWhoStopsAt(string frame)
    {
        var gate = new TaskCompletionSource();
        _world.Models.Plan("a", Script.StreamOf("one", "two"));
        _world.Sink.OnWrite = what =>
            string.Equals(what, frame, StringComparison.Ordinal) ? new ValueTask(gate.Task) : ValueTask.CompletedTask;
        return gate;
    }

    private async Task<Outcome> EndsAt(Task<Outcome> delivery, TimeSpan moment)
    {
        _world.Time.Advance(moment - _world.Time.Elapsed - Tick);
        delivery.IsCompleted.ShouldBeFalse();
        _world.Time.Advance(Tick);
        delivery.IsCompleted.ShouldBeTrue();
        _world.Time.Armed.ShouldBe(0, "no timer is left behind");
        return await delivery;
    }

    [Fact]
    public async Task NoResponseHead_FailsAtTheFirstTokenLimit()
    {
        _world.Models.Plan("a", Script.Hang());
        var outcome = await EndsAt(_world.Deliver(Bounded(Chain("a")), stream: true), TimeSpan.FromSeconds(20));
        outcome.Error!.Kind.ShouldBe(FailureKind.FirstTokenTimeout);
        outcome.Record.Request.Status.ShouldBe(504);
        outcome.Record.Attempts[0].TotalMilliseconds.ShouldBe(20_000);
    }

    [Fact]
    public async Task NoFirstFrame_FailsAtTheFirstTokenLimit_CountedFromTheCall()
    {
        _world.Models.Plan("a", Script.Stream(Script.Stall()));
        _world.Models.OnCall = _ => _world.Time.Advance(TimeSpan.FromSeconds(8));
        var delivery = _world.Deliver(Bounded(Chain("a")), stream: true);
        var outcome = await EndsAt(delivery, TimeSpan.FromSeconds(20));
        outcome.Error!.Kind.ShouldBe(FailureKind.FirstTokenTimeout);
    }

    [Fact]
    public async Task AWholeAnswer_HasALimitOfItsOwn()
    {
        _world.Models.Plan("a", Script.Hang());
        var outcome = await EndsAt(_world.Deliver(Bounded(Chain("a"))), TimeSpan.FromSeconds(40));
        outcome.Error!.Kind.ShouldBe(FailureKind.FirstTokenTimeout);
        new PlanBounds().ReplyLimit.ShouldBe(TimeSpan.FromSeconds(300));
    }

    [Fact]
    public async Task AStallAfterContent_EndsTheStreamVisibly()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Content("half"), Script.Stall()));
        var outcome = await EndsAt(_world.Deliver(Bounded(Chain("a")), stream: true), TimeSpan.FromSeconds(5));
        outcome.Error!.Kind.ShouldBe(FailureKind.StreamStalled);
        _world.Journal.ShouldBe(["start", "role", "half", "settle", "cut StreamStalled"]);
    }

    [Fact]
    public async Task AStallBeforeContent_FallsBack()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Stall()));
        _world.Models.Plan("b", Script.StreamOf("hello"));
        var outcome = await EndsAt(_world.Deliver(Bounded(Chain("a", "b")), stream: true), TimeSpan.FromSeconds(5));
        outcome.Error.ShouldBeNull();
        _world.Sink.Text.ShouldBe("hello");
        _world.Record.Attempts[0].Failure.ShouldBe(FailureKind.StreamStalled);
    }

    [Fact]
    public async Task TheTotalDeadline_CutsWhateverIsUnderWay()
    {
        // 20 s on a, 20 s on b, then c is cut 10 s after it began: at 50 s, not at 60 s.
        foreach (var id in new[] { "a", "b", "c" })
        {
            _world.Models.Plan(id, Script.Hang());
        }

        var outcome = await EndsAt(
            _world.Deliver(Bounded(Chain("a", "b", "c")), stream: true),
            TimeSpan.FromSeconds(50)
        );
        outcome.Error!.Kind.ShouldBe(FailureKind.TotalTimeout);
        _world.Called.ShouldBe("a b c");
        outcome.Record.Attempts[2].TotalMilliseconds.ShouldBe(10_000);
        _world.Health.Of(new DeploymentId("c")).ConsecutiveFailures.ShouldBe(0, "the time was used up by others");
        _world.Health.Of(new DeploymentId("a")).ConsecutiveFailures.ShouldBe(1);
    }

    [Fact]
    public async Task TheTotalDeadline_CountsFromTheArrival()
    {
        _world.Models.Plan("a", Script.Answer("late"));
        var request = _world.Request(Bounded(Chain("a")), Asked(stream: false));
        _world.Time.Advance(TimeSpan.FromSeconds(50));
        var outcome = await _world.Delivery.DeliverAsync(request, _world.Sink, CancellationToken.None);
        outcome.Error!.Kind.ShouldBe(FailureKind.TotalTimeout);
        _world.Models.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task ANodesTimeCap_EndsTheNodeButNotTheRequest()
    {
        var plan = Bounded(
            Plan(Node("a") with { TimeCap = TimeSpan.FromSeconds(3), Edges = [OnFailure(1)] }, Node("b"))
        );
        _world.Models.Plan("a", Script.Hang());
        _world.Models.Plan("b", Script.Answer("in time"));
        var outcome = await EndsAt(_world.Deliver(plan), TimeSpan.FromSeconds(3));
        outcome.Error.ShouldBeNull();
        _world.Called.ShouldBe("a b");
    }

    [Fact]
    public async Task ANodesTimeCap_DoesNotCutAStreamThatHasBegun()
    {
        var plan = Bounded(Plan(Node("a") with { TimeCap = TimeSpan.FromSeconds(3) }));
        _world.Models.Plan("a", Script.Stream(Script.Content("half"), Script.Stall()));
        var outcome = await EndsAt(_world.Deliver(plan, stream: true), TimeSpan.FromSeconds(5));
        outcome.Error!.Kind.ShouldBe(FailureKind.StreamStalled);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task ASlowReader_IsNotTheProvidersStall(string frame)
    {
        var gate = ReaderWhoStopsAt(frame);
        var delivery = _world.Deliver(Bounded(Chain("a")), stream: true);
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        delivery.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await delivery).Error.ShouldBeNull();
        _world.Sink.Text.ShouldBe("onetwo");
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task AReaderWhoTakesNothing_IsGivenUpAtTheTotalDeadline(string frame)
    {
        var gate = ReaderWhoStopsAt(frame);
        _world.Sink.OnGiveUp = () => gate.SetException(new OperationCanceledException());

        var outcome = await EndsAt(_world.Deliver(Bounded(Chain("a")), stream: true), TimeSpan.FromSeconds(50));

        outcome.Error!.Kind.ShouldBe(FailureKind.CallerGone);
        _world.Journal.TakeLast(3).ShouldBe(["give up", "settle", "cut CallerGone"]);
    }

    [Fact]
    public async Task LongStreams_ReuseOneTimer()
    {
        var most = 0;
        _world.Models.Plan("a", Script.StreamOf([.. Enumerable.Repeat("x", 500)]));
        _world.Sink.OnWrite = _ =>
        {
            most = Math.Max(most, _world.Time.Armed);
            return ValueTask.CompletedTask;
        };
        await _world.Deliver(Bounded(Chain("a")), stream: true);
        most.ShouldBe(1);
    }
}
