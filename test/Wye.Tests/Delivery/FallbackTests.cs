using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class FallbackTests
{
    private readonly DeliveryWorld _world = new();

    public static TheoryData<FailureKind> GeneralKinds =>
        [.. Enum.GetValues<FailureKind>().Where(kind => FailureKindSet.General.Contains(kind))];

    public static TheoryData<FailureKind> OtherKinds =>
        [.. Enum.GetValues<FailureKind>().Where(kind => !FailureKindSet.General.Contains(kind))];

    [Theory]
    [MemberData(nameof(GeneralKinds))]
    public async Task AFailureOfTheTarget_IsHiddenByTheNextTarget(FailureKind kind)
    {
        foreach (var stream in new[] { false, true })
        {
            var world = new DeliveryWorld();
            world.Models.Plan("a", Script.Fail(kind));
            world.Models.Plan("b", stream ? Script.StreamOf("hello") : Script.Answer("hello"));
            var outcome = await world.Deliver(Chain("a", "b"), stream);
            outcome.Error.ShouldBeNull();
            world.Sink.Text.ShouldBe("hello");
            world.Called.ShouldBe("a b");
            world.Causes.ShouldBe("first fallback");
            world.Record.Attempts[0].Failure.ShouldBe(kind);
            world.Record.Request.Deployment.ShouldBe(new DeploymentId("b"));
        }
    }

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public async Task AFailureOfTheRequest_EndsThePlan(FailureKind kind)
    {
        _world.Models.Plan("a", Script.Fail(kind));
        var outcome = await _world.Deliver(Chain("a", "b"));
        outcome.Error!.Kind.ShouldBe(kind);
        _world.Called.ShouldBe("a");
    }

    [Fact]
    public async Task ATargetThatCannotTakeTheRequest_IsNotCalled_AndCountsAsNoCall()
    {
        _world.Models.Refuse("a", Unfit);
        _world.Models.Plan("b", Script.Answer("hello"));

        var outcome = await _world.Deliver(Chain("a", "b"));

        _world.Called.ShouldBe("b");
        _world.Causes.ShouldBe("first");
        _world.Record.Attempts.Length.ShouldBe(1);
        outcome.Head.Attempts.ShouldBe(1);
        outcome.Head.Why.ShouldBe("test; a cannot take the request -> b");
        _world.Health.Of(new DeploymentId("a")).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task AnotherPlaceOfTheModel_MayTakeWhatOneCannot()
    {
        _world.Models.Refuse("a", Unfit);
        _world.Models.Plan("b", Script.Answer("hello"));

        await _world.Deliver(Plan(Node("a", "b")));

        _world.Sink.Text.ShouldBe("hello");
        _world.Called.ShouldBe("b");
    }

    [Fact]
    public async Task WhatNoTargetCanTake_IsTheCallersError_WithoutACall()
    {
        _world.Models.Refuse("a", Unfit);

        var outcome = await _world.Deliver(Plan(Node("a")));

        outcome.Error.ShouldBe(Unfit);
        outcome.Head.Attempts.ShouldBe(0);
        _world.Record.Attempts.ShouldBeEmpty();
        _world.Record.Request.Status.ShouldBe(400);
    }

    [Fact]
    public async Task AfterAFailure_ATargetThatCannotTakeTheRequest_LeavesThatFailure()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        _world.Models.Refuse("b", Unfit);

        var outcome = await _world.Deliver(Chain("a", "b"));

        outcome.Error!.Kind.ShouldBe(FailureKind.ServerError);
        _world.Called.ShouldBe("a");
    }

    private static readonly ChatError Unfit = new(FailureKind.NoneAvailable, "'n' cannot be carried.")
    {
        Code = ChatErrorCodes.CannotTranslate,
        Param = "n",
    };

    [Fact]
    public async Task AnEdgeForOneKind_TakesThatKindOnly()
    {
        PlanEdge[] edges =
        [
            new(EdgeEvent.Failed, 1) { Failures = FailureKindSet.Of(FailureKind.ContextLength) },
            new(EdgeEvent.Failed, 2) { Failures = FailureKindSet.General },
        ];
        var plan = Plan(Node("a") with { Edges = [.. edges] }, Node("large"), Node("other"));
        _world.Models.Plan("a", Script.Fail(FailureKind.ContextLength), Script.Fail(FailureKind.ServerError));
        _world.Models.Plan("large", Script.Answer("from large"));
        _world.Models.Plan("other", Script.Answer("from other"));
        await _world.Deliver(plan);
        _world.Sink.Text.ShouldBe("from large");
        _world.Forget();
        await _world.Deliver(plan);
        _world.Sink.Text.ShouldBe("from other");
    }

    [Fact]
    public async Task FiveFailingTargets_AreCalledThreeTimesInAll()
    {
        string[] all = ["a", "b", "c", "d", "e"];
        foreach (var id in all)
        {
            _world.Models.Plan(id, Script.Fail(FailureKind.ServerError, 500));
        }

        var outcome = await _world.Deliver(Chain(all));
        _world.Called.ShouldBe("a b c");
        outcome.Error!.Kind.ShouldBe(FailureKind.ServerError);
        outcome.Head.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task RetriesAndFallbacks_ShareOneBound()
    {
        var plan = Plan(
            Node("a1", "a2") with
            {
                Retries = 5,
                Edges = [OnFailure(1)],
            },
            Node("b1", "b2") with
            {
                Retries = 5,
            }
        );
        foreach (var id in new[] { "a1", "a2", "b1", "b2" })
        {
            _world.Models.Plan(id, Script.Fail(FailureKind.Overloaded, 503));
        }

        await _world.Deliver(plan);
        _world.Called.ShouldBe("a1 a2 b1");
        _world.Causes.ShouldBe("first retry fallback");
    }

    [Fact]
    public async Task WhyTellsThePath()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.Overloaded, 503));
        _world.Models.Plan("b", Script.Fail(FailureKind.ConnectFailed));
        _world.Models.Plan("c", Script.Answer("x"));
        var outcome = await _world.Deliver(Chain("a", "b", "c"));
        outcome.Head.Why.ShouldBe("test; a 503 -> b connect-failed -> c");
        _world.Record.Request.Why.ShouldBe(outcome.Head.Why);
    }

    [Fact]
    public async Task WithoutFailure_WhyIsThePlansOwn_InPrintableAscii()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        var outcome = await _world.Deliver(Chain("a") with { Why = "static: classify → small\r\nx-evil: 1" });
        outcome.Head.Why.ShouldBe("static: classify ? small??x-evil: 1");
    }

    [Fact]
    public async Task AModelThatThrows_IsOneMoreFailedTarget()
    {
        _world.Models.Plan("a", Script.Throw(new InvalidOperationException("key sk-123")));
        _world.Models.Plan("b", Script.Answer("x"));
        var outcome = await _world.Deliver(Chain("a", "b"));
        outcome.Error.ShouldBeNull();
        _world.Record.Attempts[0].Failure.ShouldBe(FailureKind.ServerError);
        outcome.ToString().ShouldNotContain("sk-123");
    }

    [Fact]
    public async Task BoundsUsedUp_StillLeadToAnEndThatDelivers()
    {
        // Three failures use the bound up; the fourth node is not called, its edge is followed all the same.
        var toEnd = new PlanEdge(EdgeEvent.Failed, PlanEnd.BestSoFar) { Failures = FailureKindSet.General };
        var plan = Plan(
            Node("first") with
            {
                Edges = [new(EdgeEvent.Passed, 1)],
            },
            Node("a") with
            {
                Edges = [OnFailure(2)],
            },
            Node("b") with
            {
                Edges = [OnFailure(3)],
            },
            Node("c") with
            {
                Edges = [OnFailure(4)],
            },
            Node("d") with
            {
                Edges = [toEnd],
            }
        );
        _world.Models.Plan("first", Script.Answer("good"));
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            _world.Models.Plan(id, Script.Fail(FailureKind.ServerError));
        }

        var outcome = await _world.Deliver(plan);
        outcome.Error.ShouldBeNull();
        _world.Sink.Text.ShouldBe("good");
        _world.Called.ShouldBe("first a b c");
        outcome.Head.Why.ShouldEndWith("; best so far");
    }

    [Fact]
    public async Task CallsOfAllSorts_StayWithinTheUpstreamBound()
    {
        var nodes = Enumerable.Range(0, 12).Select(i => Node($"n{i}") with { Edges = [new(EdgeEvent.Passed, i + 1)] });
        var plan = Plan([.. nodes, Node("last")]);
        foreach (var i in Enumerable.Range(0, 12))
        {
            _world.Models.Plan($"n{i}", Script.Answer("x"));
        }

        var outcome = await _world.Deliver(plan);
        _world.Models.Calls.Count.ShouldBe(8);
        outcome.Error!.Code.ShouldBe("calls_used_up");
    }
}
