using Wye.Chat;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class GateTests
{
    private static readonly GateId Gate = new("good");

    private readonly FakeKeeper _keeper = new();
    private readonly DeliveryWorld _world;

    public GateTests()
    {
        _world = new DeliveryWorld(gates: _keeper);
        foreach (var id in new[] { "cheap", "mid", "strong" })
        {
            _world.Models.Plan(id, Script.Answer(id));
        }
    }

    private static PlanNode Gated(string id, params PlanEdge[] edges) =>
        Node(id) with
        {
            Gate = Gate,
            Edges = [.. edges],
        };

    private static RoutePlan Cascade() =>
        Plan(
            Gated("cheap", new PlanEdge(EdgeEvent.Refused, 1)),
            Gated("mid", new PlanEdge(EdgeEvent.Refused, 2)),
            Node("strong")
        );

    [Fact]
    public async Task Cascade_StopsAtTheFirstAnswerThatPassesItsGate()
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Refused, 0.2);
        _keeper.Verdicts["mid"] = new(GateDecision.Passed, 0.9);
        var outcome = await _world.Deliver(Cascade());
        _world.Sink.Text.ShouldBe("mid");
        _world.Called.ShouldBe("cheap mid");
        _world.Causes.ShouldBe("first escalation");
        outcome.Head.Why.ShouldBe("test; cheap refused -> mid");
        _world.Record.Request.Cost.ShouldBe(
            _world.Record.Attempts[0].Cost!.Value + _world.Record.Attempts[1].Cost!.Value,
            "refused answers are paid for"
        );
    }

    [Fact]
    public async Task Escalations_DoNotUseUpTheFailureBound()
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Refused, 0.2);
        _keeper.Verdicts["mid"] = new(GateDecision.Refused, 0.2);
        _world.Models.Plan("strong", Script.Fail(FailureKind.ServerError), Script.Answer("strong"));
        var plan = Cascade();
        plan = plan with
        {
            Nodes = [plan.Nodes[0], plan.Nodes[1], Node("strong", "strong2") with { Retries = 1 }],
            Bounds = new PlanBounds { MaxFailureAttempts = 2 },
        };
        _world.Models.Plan("strong2", Script.Answer("strong2"));
        await _world.Deliver(plan);
        _world.Called.ShouldBe("cheap mid strong strong2");
        _world.Causes.ShouldBe("first escalation escalation retry");
    }

    [Theory]
    [InlineData(0.05, "strong")]
    [InlineData(0.3, "mid")]
    [InlineData(0.69, "mid")]
    public async Task ScoreBins_ChooseTheNextModel(double score, string expected)
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Refused, score);
        PlanEdge[] edges =
        [
            new(EdgeEvent.Refused, 1) { ScoreFrom = 0.3, ScoreBelow = 0.7 },
            new(EdgeEvent.Refused, 2) { ScoreBelow = 0.3 },
        ];
        await _world.Deliver(Plan(Gated("cheap", edges), Node("mid"), Node("strong")));
        _world.Sink.Text.ShouldBe(expected);
    }

    [Fact]
    public async Task AScoreInNoBin_EndsThePlan()
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Refused, 0.7);
        var edge = new PlanEdge(EdgeEvent.Refused, 1) { ScoreBelow = 0.7 };
        var outcome = await _world.Deliver(Plan(Gated("cheap", edge), Node("mid")));
        outcome.Error!.Kind.ShouldBe(FailureKind.GateRefused);
        _world.Record.Request.Cost.ShouldBeGreaterThan(Usd.Zero);
    }

    [Theory]
    [InlineData(true, "strong")]
    [InlineData(false, "mid")]
    public async Task AnAbstention_HasItsOwnEdge_ElseItIsARefusal(bool own, string expected)
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Abstained, 0);
        PlanEdge[] edges = own
            ? [new(EdgeEvent.Refused, 1), new(EdgeEvent.Abstained, 2)]
            : [new(EdgeEvent.Refused, 1), new(EdgeEvent.Passed, 2)];
        await _world.Deliver(Plan(Gated("cheap", edges), Node("mid"), Node("strong")));
        _world.Sink.Text.ShouldBe(expected);
    }

    [Fact]
    public async Task AGateThatThrows_Abstains()
    {
        _keeper.Fault = new InvalidOperationException("gate");
        await _world.Deliver(Plan(Gated("cheap", new PlanEdge(EdgeEvent.Abstained, 1)), Node("mid")));
        _world.Sink.Text.ShouldBe("mid");
    }

    [Fact]
    public async Task BestSoFar_IsTheHighestScore_AndDeliverTheNewest()
    {
        foreach (var (end, expected) in new[] { (PlanEnd.BestSoFar, "cheap"), (PlanEnd.Deliver, "mid") })
        {
            _world.Forget();
            _keeper.Verdicts["cheap"] = new(GateDecision.Refused, 0.6);
            _keeper.Verdicts["mid"] = new(GateDecision.Refused, 0.4);
            var plan = Plan(
                Gated("cheap", new PlanEdge(EdgeEvent.Refused, 1)),
                Gated("mid", new PlanEdge(EdgeEvent.Refused, end))
            );
            var outcome = await _world.Deliver(plan);
            _world.Sink.Text.ShouldBe(expected);
            outcome.Record.Request.Deployment.ShouldBe(new DeploymentId(expected));
        }
    }

    [Fact]
    public async Task Refuse_IsAnEndOfItsOwn()
    {
        _keeper.Verdicts["cheap"] = new(GateDecision.Refused, 0.6);
        var outcome = await _world.Deliver(Plan(Gated("cheap", new PlanEdge(EdgeEvent.Refused, PlanEnd.Refuse))));
        outcome.Error!.Kind.ShouldBe(FailureKind.GateRefused);
        _world.Sink.Text.ShouldBe("");
    }

    [Theory]
    [InlineData("code", "mid")]
    [InlineData(" Code.\n", "mid")]
    [InlineData("chat", "strong")]
    [InlineData("nonsense", "cheap")]
    [InlineData("", "cheap")]
    public async Task Labels_ChooseTheAnsweringNode(string said, string expected)
    {
        _world.Models.Plan("router", said.Length == 0 ? Script.Fail(FailureKind.BadRequest) : Script.Answer(said));
        PlanEdge[] edges =
        [
            new(EdgeEvent.Label, 1) { Label = "code" },
            new(EdgeEvent.Label, 2) { Label = "chat" },
            new(EdgeEvent.Label, 3),
        ];
        var router = Node("router") with { Kind = CallKind.Classify, Edges = [.. edges] };
        await _world.Deliver(Plan(router, Node("mid"), Node("strong"), Node("cheap")));
        _world.Sink.Text.ShouldBe(expected);
        _world.Called.ShouldBe($"router {expected}");
        _world.Record.Request.Model.ShouldBe(new ModelId(expected + "-model"));
    }

    [Fact]
    public async Task ALabelWithoutAnEdge_Refuses()
    {
        _world.Models.Plan("router", Script.Answer("other"));
        var router = Node("router") with
        {
            Kind = CallKind.Classify,
            Edges = [new(EdgeEvent.Label, 1) { Label = "code" }],
        };
        var outcome = await _world.Deliver(Plan(router, Node("mid")));
        outcome.Error!.Code.ShouldBe("no_label");
        _world.Sink.Text.ShouldBe("", "a label is no answer");
    }

    [Fact]
    public async Task PlansThatCannotBeWalked_AreRefusedBeforeAnyCall()
    {
        (RoutePlan Plan, bool Stream, string Says)[] wrong =
        [
            (Plan(Node("cheap") with { HedgeAfter = TimeSpan.FromSeconds(1) }), false, "hedging"),
            (Plan(Node("cheap") with { Gate = new GateId("unknown") }), false, "gate 'unknown'"),
            (Plan(Node("cheap") with { Kind = CallKind.Judge }), false, "judge without a gate"),
            (Plan(Node("cheap") with { Edges = [OnFailure(0)] }), false, "leads to 0"),
            (Plan(Node("cheap") with { Edges = [OnFailure(1)] }), false, "leads to 1"),
            (Plan(Node("cheap") with { Edges = [OnFailure(-4)] }), false, "leads to -4"),
            (Plan(Node("cheap")) with { Nodes = [] }, false, "no node"),
        ];
        foreach (var (plan, stream, says) in wrong)
        {
            _world.Forget();
            var outcome = await _world.Deliver(plan, stream);
            outcome.Error!.Code.ShouldBe("plan_invalid");
            outcome.Error.Message.ShouldContain(says);
            _world.Models.Calls.ShouldBeEmpty();
            _world.Record.Request.Status.ShouldBe(500);
        }

        var withoutKeeper = new DeliveryWorld();
        (await withoutKeeper.Deliver(Plan(Gated("cheap")))).Error!.Code.ShouldBe("plan_invalid");
    }

    private sealed class FakeKeeper : IGateKeeper
    {
        public Dictionary<string, GateVerdict> Verdicts { get; } = new(StringComparer.Ordinal);

        public Exception? Fault { get; set; }

        public bool Knows(GateId gate) => gate == Gate;

        public ValueTask<GateVerdict> JudgeAsync(
            GateId gate,
            GateSubject subject,
            CancellationToken cancellationToken
        ) =>
            Fault is null
                ? ValueTask.FromResult(Verdicts[System.Text.Encoding.UTF8.GetString(subject.Reply.Text.Span)])
                : throw Fault;
    }
}
