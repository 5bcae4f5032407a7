using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class HeartbeatTests
{
    private readonly DeliveryWorld _world = new();

    public HeartbeatTests() => _world.Sink.TakesHeartbeats = true;

    private string Journal => string.Join(" | ", _world.Journal);

    private static RoutePlan Patient(RoutePlan plan) =>
        plan with
        {
            Bounds = new PlanBounds { FirstToken = TimeSpan.FromSeconds(45), Total = TimeSpan.FromSeconds(100) },
        };

    private void AdvanceTo(double seconds) => _world.Time.Advance(TimeSpan.FromSeconds(seconds) - _world.Time.Elapsed);

    [Fact]
    public async Task WhileNothingAnswers_ACommentLeavesAfterTenSeconds_ThenEachFifteen()
    {
        _world.Models.Hold("a");
        _world.Models.Plan("a", Script.StreamOf("late"));
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(9.999);
        Journal.ShouldBe("");
        AdvanceTo(10);
        Journal.ShouldBe("ping");
        AdvanceTo(24.999);
        Journal.ShouldBe("ping");
        AdvanceTo(40);
        Journal.ShouldBe("ping | ping | ping");
        _world.Models.Release("a");
        await delivery;
        Journal.ShouldBe("ping | ping | ping | start | role | late | finish | usage | settle | end [DONE]");
        _world.Time.Armed.ShouldBe(0);
    }

    [Fact]
    public async Task AnAnswerWithinTenSeconds_IsTheFirstThingToLeave()
    {
        _world.Models.Hold("a");
        _world.Models.Plan("a", Script.StreamOf("quick"));
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(9.9);
        _world.Models.Release("a");
        await delivery;
        Journal.ShouldStartWith("start | role | quick");
    }

    [Fact]
    public async Task AfterAHeartbeat_AnotherTargetMayStillAnswer()
    {
        _world.Models.Plan("a", Script.Hang());
        _world.Models.Plan("b", Script.StreamOf("hello"));
        var delivery = _world.Deliver(Patient(Chain("a", "b")), stream: true);
        AdvanceTo(45);
        var outcome = await delivery;
        outcome.Error.ShouldBeNull();
        Journal.ShouldBe("ping | ping | ping | start | role | hello | finish | usage | settle | end [DONE]");
        _world.Called.ShouldBe("a b");
        outcome.Record.Request.Status.ShouldBe(200);
    }

    [Fact]
    public async Task AfterAHeartbeat_ATotalFailureIsShownInTheStream_ForItsStatusIsSpent()
    {
        _world.Models.Plan("a", Script.Hang());
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(45);
        var outcome = await delivery;
        Journal.ShouldBe("ping | ping | ping | settle | cut FirstTokenTimeout");
        outcome.Record.Request.Status.ShouldBe(200);
        outcome.Record.Request.Failure.ShouldBe(FailureKind.FirstTokenTimeout);
        outcome.Record.Request.Model.ShouldBeNull();
        _world.Time.Armed.ShouldBe(0);
    }

    [Fact]
    public async Task ACallerWhoLeavesBetweenHeartbeats_IsRecordedAsGone()
    {
        _world.Models.Plan("a", Script.Hang());
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(12);
        await _world.Caller.CancelAsync();
        var outcome = await delivery;
        outcome.Record.Request.Status.ShouldBe(499);
        _world.Time.Armed.ShouldBe(0);
    }

    [Fact]
    public async Task AHeartbeatThatCannotBeWritten_FailsNothing()
    {
        _world.Sink.OnWrite = what => what is "ping" ? throw new IOException("gone") : ValueTask.CompletedTask;
        _world.Models.Hold("a");
        _world.Models.Plan("a", Script.StreamOf("late"));
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(12);
        _world.Models.Release("a");
        (await delivery).Error.ShouldBeNull();
    }

    [Fact]
    public async Task AnAnswerThatComesWhileACommentIsBeingWritten_WaitsForItsEnd()
    {
        var written = new TaskCompletionSource();
        _world.Sink.OnWrite = what => what is "ping" ? new ValueTask(written.Task) : ValueTask.CompletedTask;
        _world.Models.Hold("a");
        _world.Models.Plan("a", Script.StreamOf("late"));
        var delivery = _world.Deliver(Patient(Chain("a")), stream: true);
        AdvanceTo(30);
        _world.Models.Release("a");
        Journal.ShouldBe("ping", "one at a time, and nothing else before it is out");
        written.SetResult();
        await delivery;
        Journal.ShouldStartWith("ping | start | role | late");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task UnstreamedRequestsAndSwitchedOffHeartbeats_SendNone(bool stream, bool on)
    {
        var off = new DeliveryOptions { HeartbeatAfter = Timeout.InfiniteTimeSpan };
        var world = new DeliveryWorld(options: on ? null : off);
        world.Sink.TakesHeartbeats = true;
        world.Models.Plan("a", Script.Hang());
        var delivery = world.Deliver(Patient(Chain("a")), stream);
        world.Time.Advance(TimeSpan.FromSeconds(100));
        await delivery;
        world.Journal.ShouldBe(["settle", stream ? "fail FirstTokenTimeout" : "fail TotalTimeout"]);
    }
}
