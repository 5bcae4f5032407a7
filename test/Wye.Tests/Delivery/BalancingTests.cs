using Wye.Catalog;
using Wye.Health;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing.Balancing;
using Wye.Routing.Plans;
using Wye.Sessions;
using Wye.Testing;

namespace Wye.Delivery;

public class BalancingTests
{
    private static readonly SessionKey Conversation = new(new KeyId("key"), 1);
    private readonly DeliveryWorld _world = new();

    private static Deployment[] Two(Func<int, Deployment, Deployment> change) => A.Deployments(2, change);

    [Fact]
    public async Task ADeploymentAtItsLimit_IsPassedOver_WithTheReason()
    {
        var plan = DeliveryWorld.Plan(
            DeliveryWorld.Node(Two((i, one) => i == 0 ? one with { RequestsPerMinute = 1 } : one))
        );
        Answer("d0", "d1");
        await _world.Deliver(plan);
        _world.Ledger.Records.Clear();
        _world.NewCaller();
        var outcome = await _world.Deliver(plan);
        _world.Called.ShouldBe("d0 d1");
        outcome.Head.Why.ShouldBe("test; d0 at 1 requests/min -> d1");
    }

    [Fact]
    public async Task Priority_FlowsOverToTheNextOrder_AndBack()
    {
        var node = DeliveryWorld.Node(Two((i, one) => one with { Order = i, RequestsPerMinute = i == 0 ? 1 : null }));
        var plan = DeliveryWorld.Plan(node) with { Balancing = new PriorityPolicy() };
        Answer("d0", "d1");
        for (var i = 0; i < 3; i++)
        {
            _world.NewCaller();
            await _world.Deliver(plan);
        }

        _world.Time.Advance(TimeSpan.FromSeconds(61));
        _world.NewCaller();
        var outcome = await _world.Deliver(plan);
        _world.Called.ShouldBe("d0 d1 d1 d0");
        outcome.Head.Why.ShouldBe("test; d0 by priority (order 0)");
    }

    [Fact]
    public async Task WhenAllAreAtTheirLimits_TheCallerIsToldWhenToComeBack_AndNothingIsForced()
    {
        var plan = DeliveryWorld.Plan(DeliveryWorld.Node(Two((_, one) => one with { TokensPerMinute = 100 }))) with
        {
            ExpectedOutput = 60,
        };
        Answer("d0", "d1");
        for (var i = 0; i < 2; i++)
        {
            _world.Models.Plan(
                i == 0 ? "d0" : "d1",
                Script.Answer("yes", new Usage { InputTokens = 20, OutputTokens = 40 })
            );
            _world.NewCaller();
            await _world.Deliver(plan);
        }

        _world.NewCaller();
        var outcome = await _world.Deliver(plan);
        outcome.Error.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NoneAvailable);
        outcome.Error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(61));
        outcome.Head.Why.ShouldBe("test; d0 at 100 tokens/min -> d1 at 100 tokens/min");
        _world.Models.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task LoadIsGivenBack_HoweverACallEnds()
    {
        _world.Models.Plan("d0", Script.Fail(FailureKind.ServerError, 500));
        _world.Models.Plan("d1", Script.Throw(new InvalidOperationException("broken")));
        await _world.Deliver(DeliveryWorld.Plan(DeliveryWorld.Node(Two((_, one) => one)) with { Retries = 1 }));
        _world.Called.ShouldBe("d0 d1");
        _world.Health.All.ShouldAllBe(state => state.Value.Load.InFlight == 0);
    }

    [Fact]
    public async Task AnAnswer_IsRemembered_BeforeItsLastByteLeaves()
    {
        var sessions = new SessionTable(_world.Time);
        var remembered = false;
        _world.Sink.OnWrite = _ =>
        {
            remembered = sessions.Count == 1;
            return ValueTask.CompletedTask;
        };
        await Deliver(sessions, Turn(["d0"]));
        remembered.ShouldBeTrue();
        sessions.Find(Conversation)!.Value.Deployment.Value.ShouldBe("d0");
    }

    [Fact]
    public async Task AFallbacksAnswer_DoesNotMoveTheConversation()
    {
        var sessions = new SessionTable(_world.Time);
        var plan = DeliveryWorld.Chain("d0", "d1") with { Session = new SessionTurn(Conversation) };
        Answer("d1");
        _world.Models.Plan("d0", Script.Fail(FailureKind.ServerError, 500));
        await Deliver(sessions, plan);
        _world.Called.ShouldBe("d0 d1");
        sessions.Count.ShouldBe(0);
    }

    [Fact]
    public async Task AFailure_IsNotRemembered()
    {
        var sessions = new SessionTable(_world.Time);
        _world.Models.Plan("d0", Script.Fail(FailureKind.BadRequest, 400));
        await Deliver(sessions, Turn(["d0"]), scripted: true);
        sessions.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(2_000, 0, 0, true, false, 1_920)]
    [InlineData(1_000, 0, 0, true, false, 0)]
    [InlineData(2_000, 0, 0, true, true, 0)]
    [InlineData(100, 1_500, 400, true, true, 1_900)]
    [InlineData(2_000, 0, 0, false, false, 0)]
    [InlineData(500, 1_024, 0, true, false, 1_408)]
    public void CachedTokens_AreWhatTheProviderSays_OrItsPriceLetsExpect(
        int input,
        int read,
        int written,
        bool readPrice,
        bool writePrice,
        int expected
    )
    {
        var price = new Price(new Usd(10), new Usd(20), readPrice ? new Usd(1) : null, writePrice ? new Usd(12) : null);
        var usage = new Usage
        {
            InputTokens = input,
            CacheReadTokens = read,
            CacheWriteTokens = written,
        };
        SessionNote.CachedTokens(usage, price).ShouldBe(expected);
    }

    private static RoutePlan Turn(string[] ids) =>
        DeliveryWorld.Plan(DeliveryWorld.Node(ids)) with
        {
            Session = new SessionTurn(Conversation),
        };

    private void Answer(params string[] ids)
    {
        foreach (var id in ids)
        {
            _world.Models.Plan(id, Script.Answer("yes"));
        }
    }

    private async Task Deliver(SessionTable sessions, RoutePlan plan, bool scripted = false)
    {
        if (!scripted && plan.Nodes.Length == 1)
        {
            Answer("d0");
        }

        var delivery = new ChatDelivery(
            _world.Models,
            _world.Health,
            _world.Ledger,
            _world.Time,
            new FixedRandom(0),
            sessions: sessions
        );
        await delivery.DeliverAsync(
            _world.Request(plan, DeliveryWorld.Asked(stream: false)),
            _world.Sink,
            CancellationToken.None
        );
    }
}
