using Wye.Delivery.Attempts;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class RetryTests
{
    private readonly DeliveryWorld _world = new();

    private static PlanNode Retrying(int retries, params string[] ids) => Node(ids) with { Retries = retries };

    private async Task<Outcome> AfterWaiting(Task<Outcome> delivery, TimeSpan wait)
    {
        _world.Time.Advance(wait - TimeSpan.FromMilliseconds(1));
        delivery.IsCompleted.ShouldBeFalse();
        _world.Models.Calls.Count.ShouldBe(1);
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        return await delivery;
    }

    [Fact]
    public async Task AnotherDeploymentOfTheNode_IsCalledAtOnce()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.RateLimited, 429, TimeSpan.FromSeconds(60)));
        _world.Models.Plan("b", Script.Answer("x"));
        await _world.Deliver(Plan(Retrying(1, "a", "b")));
        _world.Called.ShouldBe("a b");
        _world.Causes.ShouldBe("first retry");
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
        _world.Health.Of(new DeploymentId("a")).CooldownLeft.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.Unauthorized)]
    [InlineData(FailureKind.ModelNotFound)]
    public async Task AFaultOfOneDeployment_MayTryAnotherOne_NeverTheSame(FailureKind kind)
    {
        _world.Models.Plan("a", Script.Fail(kind));
        _world.Models.Plan("b", Script.Answer("x"));
        await _world.Deliver(Plan(Retrying(1, "a", "b")));
        _world.Called.ShouldBe("a b");
        _world.Forget();
        _world.Models.Plan("c", Script.Fail(kind));
        var outcome = await _world.Deliver(Plan(Retrying(1, "c")));
        _world.Called.ShouldBe("c");
        outcome.Error!.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task TheOnlyDeployment_IsCalledAgainAfterTheBackoff()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError), Script.Answer("x"));
        var outcome = await AfterWaiting(_world.Deliver(Plan(Retrying(1, "a"))), TimeSpan.FromMilliseconds(125));
        outcome.Error.ShouldBeNull();
        _world.Called.ShouldBe("a a");
        outcome.Head.Why.ShouldBe("test; a server-error -> a");
    }

    [Fact]
    public async Task Waiting_RespectsRetryAfter_AndTheCallIsTheProbe()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.RateLimited, 429, TimeSpan.FromSeconds(3)), Script.Answer("x"));
        var outcome = await AfterWaiting(_world.Deliver(Plan(Retrying(1, "a"))), TimeSpan.FromSeconds(3));
        outcome.Error.ShouldBeNull();
        _world.Health.Of(new DeploymentId("a")).CooldownLeft.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task ARetryAfterThatIsTooLong_IsNotWaitedFor()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.RateLimited, 429, TimeSpan.FromSeconds(11)));
        var outcome = await _world.Deliver(Plan(Retrying(1, "a")));
        _world.Called.ShouldBe("a");
        outcome.Error!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task AWaitThatWouldMissTheDeadline_IsNotMade()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        var plan = Plan(Retrying(1, "a")) with { Bounds = new PlanBounds { Total = TimeSpan.FromMilliseconds(125) } };
        await _world.Deliver(plan);
        _world.Called.ShouldBe("a");
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task NobodyWaits_WhileAnotherTargetIsFree()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError), Script.Answer("too late"));
        _world.Models.Plan("b", Script.Answer("at once"));
        await _world.Deliver(Plan(Retrying(2, "a") with { Edges = [OnFailure(1)] }, Node("b")));
        _world.Called.ShouldBe("a b");
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task WhileTheOtherTargetsRest_TheWaitIsMade()
    {
        _world.Eject("b");
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError), Script.Answer("x"));
        var plan = Plan(Retrying(1, "a") with { Edges = [OnFailure(1)] }, Node("b"));
        await AfterWaiting(_world.Deliver(plan), TimeSpan.FromMilliseconds(125));
        _world.Called.ShouldBe("a a");
    }

    [Fact]
    public void Backoff_DoublesUpToItsCap_AndIsSpreadOverHalfOfItself()
    {
        var options = new DeliveryOptions();
        var expected = new[] { 250, 500, 1000, 2000, 4000, 5000, 5000 };
        for (var retry = 1; retry <= expected.Length; retry++)
        {
            var most = TimeSpan.FromMilliseconds(expected[retry - 1]);
            Backoff.Wait(retry, TimeSpan.Zero, options, new FixedRandom(0)).ShouldBe(most / 2);
            Backoff.Wait(retry, TimeSpan.Zero, options, new FixedRandom(0.999)).ShouldBeInRange(most * 0.99, most);
        }

        var random = new SeededRandomSource(3);
        var buckets = new int[25];
        for (var i = 0; i < 1000; i++)
        {
            var wait = Backoff.Wait(6, TimeSpan.Zero, options, random) - TimeSpan.FromMilliseconds(2500);
            buckets[(int)(wait.TotalMilliseconds / 100)]++;
        }

        (buckets.Max() / (1000.0 / buckets.Length)).ShouldBeLessThanOrEqualTo(3);
        Backoff.Wait(1, TimeSpan.FromSeconds(9), options, random).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task ACoolingDeployment_IsPassedOver_AndWhySaysSo()
    {
        _world.Eject("a");
        _world.Models.Plan("b", Script.Answer("x"));
        var outcome = await _world.Deliver(Plan(Retrying(0, "a", "b")));
        _world.Called.ShouldBe("b");
        outcome.Head.Why.ShouldBe("test; a cooling -> b");
        _world.Causes.ShouldBe("first");
    }

    [Fact]
    public async Task TheLastTarget_IsTriedOnceThoughItCoolsDown()
    {
        _world.Eject("a");
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        _world.Eject("b");
        _world.Models.Plan("a", Script.Answer("healed"));
        var outcome = await _world.Deliver(Chain("b", "a"));
        outcome.Error.ShouldBeNull();
        _world.Called.ShouldBe("a", "it has rested longest");
        _world.Health.Of(new DeploymentId("a")).IsAvailable.ShouldBeTrue();
        _world.Health.Of(new DeploymentId("b")).IsAvailable.ShouldBeFalse();
        outcome.Head.Why.ShouldBe("test; b cooling -> a cooling -> a; all others failed, cooldown ignored");
    }

    [Fact]
    public async Task ThePanicRule_TriesOnlyWhatWasNotTriedYet()
    {
        _world.Eject("b");
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError, 500));
        _world.Models.Plan("b", Script.Answer("healed"));
        var outcome = await _world.Deliver(Plan(Retrying(0, "b", "a")));
        outcome.Error.ShouldBeNull();
        _world.Called.ShouldBe("a b");
        _world.Causes.ShouldBe("first fallback");
    }

    [Fact]
    public async Task WhenAllAreDown_OneCallIsMadeAndTheAnswerIsImmediate()
    {
        foreach (var id in new[] { "a", "b", "c" })
        {
            _world.Eject(id);
            _world.Models.Plan(id, Script.Fail(FailureKind.ServerError, 500));
        }

        var outcome = await _world.Deliver(Chain("a", "b", "c"));
        _world.Models.Calls.Count.ShouldBe(1);
        outcome.Error!.Kind.ShouldBe(FailureKind.ServerError);
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
        _world.Health.Of(new DeploymentId("a")).CooldownLeft.ShouldBe(TimeSpan.FromSeconds(30), "it did not grow");
    }

    [Fact]
    public async Task ATargetWhoseProviderNamedATime_IsLeftAlone()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.RateLimited, 429, TimeSpan.FromSeconds(60)));
        await _world.Deliver(Chain("a"));
        _world.Forget();
        _world.Time.Advance(TimeSpan.FromSeconds(20));
        var outcome = await _world.Deliver(Chain("a"));
        _world.Models.Calls.ShouldBeEmpty();
        outcome.Error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        outcome.Error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));
        outcome.Record.Request.Status.ShouldBe(503);
    }

    [Fact]
    public async Task FiveFailuresOfOneTarget_AreTheLastItGets()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError, 500));
        _world.Models.Plan("b", Script.Answer("x"));
        for (var i = 0; i < 20; i++)
        {
            (await _world.Deliver(Chain("a", "b"))).Error.ShouldBeNull();
            _world.Ledger.Records.Clear();
            _world.Journal.Clear();
            _world.NewCaller();
        }

        _world.Models.Calls.Count(call => call.Deployment == new DeploymentId("a")).ShouldBe(5);
    }

    [Fact]
    public async Task AFullDeployment_IsPassedOverAndNotForced()
    {
        var full = Deployment("a") with { MaxInFlight = 1 };
        _world.Health.Of(full.Id).Enter();
        var outcome = await _world.Delivery.DeliverAsync(
            _world.Request(Plan(Node(full)), Asked(stream: false)),
            _world.Sink,
            CancellationToken.None
        );
        _world.Models.Calls.ShouldBeEmpty();
        outcome.Error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        outcome.Head.Why.ShouldBe("test; a full");
    }
}
