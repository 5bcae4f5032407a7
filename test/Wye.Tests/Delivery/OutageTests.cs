using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

/// <summary>R03, R08, R09: what a provider that is down costs, and how soon its recovery is noticed.</summary>
public class OutageTests
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5); // 200 requests per second
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    private DeliveryWorld _world = new(random: 0.5);
    private readonly List<(TimeSpan At, Task<Outcome> Delivery)> _sent = [];

    public static TheoryData<FailureKind, int> Faults =>
        new()
        {
            { FailureKind.Overloaded, 60 },
            { FailureKind.ServerError, 60 },
            { FailureKind.ConnectFailed, 60 },
            // Not a failure but silence, until the first token limit of so many seconds.
            { FailureKind.FirstTokenTimeout, 1 },
            { FailureKind.FirstTokenTimeout, 5 },
            { FailureKind.FirstTokenTimeout, 10 },
            { FailureKind.FirstTokenTimeout, 15 },
            { FailureKind.FirstTokenTimeout, 60 },
        };

    private RoutePlan Usual(int firstToken = 60) =>
        Plan(Node("a") with { Retries = 1, Edges = [OnFailure(1)] }, Node("b") with { Retries = 1 }) with
        {
            Bounds = new PlanBounds { FirstToken = TimeSpan.FromSeconds(firstToken) },
        };

    private void All(Script script)
    {
        _world.Models.Plan("a", script);
        _world.Models.Plan("b", script);
    }

    private void SendFor(TimeSpan span, RoutePlan plan, TimeSpan? every = null)
    {
        var pause = every ?? Between;
        for (var until = _world.Time.Elapsed + span; _world.Time.Elapsed < until; _world.Time.Advance(pause))
        {
            var request = _world.Request(plan, Asked(stream: true)) with { Id = new RequestId($"req_{_sent.Count}") };
            var delivery = _world.Delivery.DeliverAsync(request, new RecordingSink(), CancellationToken.None);
            _sent.Add((_world.Time.Elapsed, delivery.AsTask()));
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TotalOutage_IsNotMultiplied_AndItsEndIsNoticedWithinFiveSeconds(FailureKind fault, int firstToken)
    {
        var plan = Usual(firstToken);
        All(Script.StreamOf("fine"));
        SendFor(TimeSpan.FromSeconds(1), plan);
        var before = (Sent: _sent.Count, Calls: _world.Models.Calls.Count);
        All(fault == FailureKind.FirstTokenTimeout ? Script.Hang() : Script.Fail(fault));
        SendFor(Outage, plan);
        var calls = _world.Models.Calls.Count - before.Calls;
        var healed = _world.Time.Elapsed;
        All(Script.StreamOf("fine"));
        SendFor(TimeSpan.FromSeconds(10), plan);
        _world.Time.Advance(TimeSpan.FromSeconds(200));
        await Task.WhenAll(_sent.Select(one => one.Delivery));

        before.Calls.ShouldBe(before.Sent);
        ((double)calls / (Outage / Between)).ShouldBeLessThanOrEqualTo(1.25);
        var lastFailed = _sent.FindLast(one => one.Delivery.Result.Error is not null).At;
        (lastFailed - healed).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(5));
        _world.Models.OpenExchanges.ShouldBe(0);
        _world.Time.Armed.ShouldBe(0, "no timer is left behind");
    }

    [Fact]
    public void WithoutTheBudget_TheSameOutageIsMultiplied()
    {
        _world = new DeliveryWorld(options: new DeliveryOptions { RetryShare = 100 });
        All(Script.Hang());
        SendFor(Outage, Usual(firstToken: 15));
        ((double)_world.Models.Calls.Count / _sent.Count).ShouldBeGreaterThan(1.25);
    }

    [Fact]
    public async Task OneDeadTarget_IsCalledOncePerWindow_WhileTheOtherTakesEverything()
    {
        All(Script.StreamOf("fine"));
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        SendFor(TimeSpan.FromMinutes(10), Usual(), every: TimeSpan.FromMilliseconds(50));
        await Task.WhenAll(_sent.Select(one => one.Delivery));

        _sent.ShouldAllBe(one => one.Delivery.Result.Error == null, "the healthy target hides the dead one");
        // 5 until it is ejected; then one probe at 30, 90, 180 s … (30 s × times in a row, at most 5 min, without jitter here).
        var calls = _world.Models.Calls.Count(call => call.Deployment.Value is "a");
        calls.ShouldBe(5 + 5);
        _world.Models.Plan("a", Script.StreamOf("fine"));
        var left = _world.Health.Of(new DeploymentId("a")).CooldownLeft;
        left.ShouldBeGreaterThan(TimeSpan.Zero);
        _world.Time.Advance(left);
        _sent.Clear();
        SendFor(TimeSpan.FromSeconds(1), Usual());
        _world
            .Models.Calls.Count(call => call.Deployment.Value is "a")
            .ShouldBe(calls + _sent.Count, "it is back at once");
    }

    [Fact]
    public async Task AllDown_IsAnsweredWithoutWaiting_AndSaysWhenToComeBack()
    {
        foreach (var id in new[] { "a", "b" })
        {
            _world.Eject(id);
        }

        All(Script.Hang());
        SendFor(TimeSpan.FromMilliseconds(500), Usual());
        var answered = _sent.Where(one => one.Delivery.IsCompleted).ToList();
        answered.Count.ShouldBe(
            100 - 3,
            "three calls find out whether the last target is back, nobody else waits for them"
        );
        foreach (var (_, delivery) in answered)
        {
            var outcome = await delivery;
            outcome.Error!.Kind.ShouldBe(FailureKind.NoneAvailable);
            outcome.Record.Request.Status.ShouldBe(503);
            outcome.Record.Request.TotalMilliseconds.ShouldBe(0);
            outcome.Error.RetryAfter!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
        }

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        SendFor(Between, Usual());
        _world.Models.Calls.Count.ShouldBe(4, "and once a second another one does");
    }

    [Fact]
    public void AThousandCallsThatWaitForOneProvider_DoNotComeBackTogether()
    {
        var random = new SeededRandomSource(3);
        var comeBack = Enumerable
            .Range(0, 1000)
            .Select(_ => Attempts.Backoff.Wait(1, TimeSpan.FromSeconds(5), new DeliveryOptions(), random))
            .ToList();
        var buckets = comeBack.CountBy(wait => (int)(wait.TotalMilliseconds / 100)).ToList();
        comeBack.Min().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        buckets.Count.ShouldBeGreaterThanOrEqualTo(10);
        (buckets.Max(bucket => bucket.Value) / (1000.0 / buckets.Count)).ShouldBeLessThanOrEqualTo(3);
    }
}
