using Wye.Chat;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class StreamedGateTests
{
    private static readonly GateId Gate = new("good");

    private readonly Keeper _keeper = new();
    private readonly DeliveryWorld _world;

    public StreamedGateTests()
    {
        _world = new DeliveryWorld(gates: _keeper);
        _world.Models.Plan("cheap", Script.StreamOf("che", "ap"));
        _world.Models.Plan("strong", Script.StreamOf("str", "ong"));
        _world.Models.Plan("judge", Script.Answer("1"));
    }

    private static PlanNode Gated(string id, params PlanEdge[] edges) =>
        Node(id) with
        {
            Gate = Gate,
            Edges = [.. edges],
        };

    private static RoutePlan Cascade() =>
        Plan(Gated("cheap", new PlanEdge(EdgeEvent.Refused, 1), OnFailure(1)), Node("strong"));

    [Fact]
    public async Task AnAcceptedAnswer_StreamsFrameByFrame_OnceItIsWhole()
    {
        _keeper.Verdict = _ => new(GateDecision.Passed, 1);
        await _world.Deliver(Cascade(), stream: true);
        _world.Sink.Text.ShouldBe("cheap");
        _world.Journal.ShouldBe(["start", "role", "che", "ap", "finish", "usage", "settle", "end [DONE]"]);
        _keeper.Seen.ShouldBe(["cheap"], "the gate saw the whole answer before the caller saw any");
    }

    [Fact]
    public async Task ARefusedAnswer_NeverReachesTheCaller_AndIsPaidFor()
    {
        _keeper.Verdict = _ => new(GateDecision.Refused, 0.2) { Note = "json: does not parse" };
        var outcome = await _world.Deliver(Cascade(), stream: true);
        _world.Sink.Text.ShouldBe("strong");
        _world.Causes.ShouldBe("first escalation");
        outcome.Head.Why.ShouldBe("test; cheap refused (json: does not parse) -> strong");
        outcome.Cost.ShouldBe(_world.Record.Attempts[0].Cost!.Value + _world.Record.Attempts[1].Cost!.Value);
        outcome.Saved!.Value.ShouldBe(_world.Record.Request.StrongCost!.Value - outcome.Cost);
    }

    [Fact]
    public async Task AStreamThatBreaksWhileItIsHeld_FallsBackUnseen()
    {
        _world.Models.Plan(
            "cheap",
            Script.Stream(Script.Role(), Script.Content("che"), Script.Broken(FailureKind.StreamCut))
        );
        await _world.Deliver(Cascade(), stream: true);
        _world.Sink.Text.ShouldBe("strong");
        _world.Causes.ShouldBe("first fallback");
    }

    [Fact]
    public async Task ABadBeginning_IsStoppedBeforeItsEnd()
    {
        _keeper.Early = text => text.StartsWith("I cannot", StringComparison.Ordinal);
        _keeper.Verdict = _ => new(GateDecision.Passed, 1);
        _world.Models.Plan(
            "cheap",
            Script.Stream(
                Script.Role(),
                Script.Content("I cannot help you with that, since I am only a model"),
                Script.Stall()
            )
        );
        var outcome = await _world.Deliver(Cascade(), stream: true);
        _world.Sink.Text.ShouldBe("strong");
        outcome.Head.Why.ShouldContain("cheap refused early");
        _world.Record.Attempts[0].Estimated.ShouldBeTrue("nobody said what the broken-off answer cost");
        _world.Record.Attempts[0].Cost!.Value.ShouldBeGreaterThan(Usd.Zero);
    }

    [Fact]
    public async Task AnAnswerLongerThanIsHeld_FailsOver()
    {
        var world = new DeliveryWorld(gates: _keeper, options: new DeliveryOptions { MaxGatedBytes = 300 });
        world.Models.Plan("cheap", Script.StreamOf(new string('x', 400)));
        world.Models.Plan("strong", Script.StreamOf("strong"));
        await world.Deliver(Cascade(), stream: true);
        world.Sink.Text.ShouldBe("strong");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AJudge_IsAskedAboutTheAnswer_AndHasARowOfItsOwn(bool passes)
    {
        _keeper.Verdict = subject =>
            subject.Judgement is null ? new(GateDecision.Abstained, 0.5)
            : passes ? new(GateDecision.Passed, 1)
            : new(GateDecision.Refused, 0);
        foreach (var stream in new[] { true, false })
        {
            _world.Forget();
            _world.Models.Plan("cheap", stream ? Script.StreamOf("cheap") : Script.Answer("cheap"));
            _world.Models.Plan("strong", stream ? Script.StreamOf("strong") : Script.Answer("strong"));
            await _world.Deliver(Judged(), stream);
            _world.Sink.Text.ShouldBe(passes ? "cheap" : "strong");
            _world.Causes.ShouldBe(passes ? "first judge" : "first judge escalation");
            _world.Record.Request.Cost.PicoDollars.ShouldBe(
                _world.Record.Attempts.Sum(row => row.Cost!.Value.PicoDollars)
            );
            _world.Models.Calls[1].Call.Request.Stream.ShouldBeFalse("a judge answers whole");
        }
    }

    [Fact]
    public async Task AJudgeThatFails_EscalatesToTheStronger()
    {
        _keeper.Verdict = _ => new(GateDecision.Abstained, 0.5);
        _world.Models.Plan("judge", Script.Fail(FailureKind.ServerError));
        await _world.Deliver(Judged(), stream: true);
        _world.Sink.Text.ShouldBe("strong");
        _world.Causes.ShouldBe("first judge fallback");
    }

    [Fact]
    public async Task ASample_IsComparedWithTheAnswer_AndNotDelivered()
    {
        _keeper.Verdict = subject =>
            subject.Samples.Count == 0 ? new(GateDecision.Abstained, 0.5) : new(GateDecision.Passed, 1);
        _world.Models.Plan("judge", Script.StreamOf("another"));
        var plan = Plan(
            Gated("cheap", new PlanEdge(EdgeEvent.Abstained, 1)),
            Gated("judge") with
            {
                Kind = CallKind.Sample,
            },
            Node("strong")
        );
        await _world.Deliver(plan, stream: true);
        _world.Sink.Text.ShouldBe("cheap");
        _world.Causes.ShouldBe("first sample");
    }

    [Fact]
    public async Task AThresholdOfTheNode_OverrulesTheGate()
    {
        _keeper.Verdict = _ => new(GateDecision.Refused, 0.6);
        var plan = Cascade();
        plan = plan with { Nodes = [plan.Nodes[0] with { PassFrom = 0.5 }, plan.Nodes[1]] };
        await _world.Deliver(plan, stream: true);
        _world.Sink.Text.ShouldBe("cheap");
    }

    [Fact]
    public async Task HeartbeatsGoOut_WhileAnAnswerIsHeld()
    {
        _keeper.Verdict = _ => new(GateDecision.Passed, 1);
        _world.Sink.TakesHeartbeats = true;
        _world.Models.Hold("cheap");
        var delivery = _world.Deliver(Cascade(), stream: true);
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        _world.Models.Release("cheap");
        await delivery;
        _world.Journal[0].ShouldBe("ping");
        _world.Sink.Text.ShouldBe("cheap");
    }

    private static RoutePlan Judged() =>
        Plan(
            Gated("cheap", new PlanEdge(EdgeEvent.Refused, 2), new PlanEdge(EdgeEvent.Abstained, 1)),
            Gated("judge", new PlanEdge(EdgeEvent.Refused, 2), OnFailure(2)) with
            {
                Kind = CallKind.Judge,
            },
            Node("strong")
        );

    private sealed class Keeper : IGateKeeper
    {
        public Func<GateSubject, GateVerdict> Verdict { get; set; } = _ => new(GateDecision.Passed, 1);

        public Func<string, bool> Early { get; set; } = _ => false;

        public List<string> Seen { get; } = [];

        public bool Knows(GateId gate) => gate == Gate;

        public ValueTask<GateVerdict> JudgeAsync(GateId gate, GateSubject subject, CancellationToken cancellationToken)
        {
            Seen.Add(System.Text.Encoding.UTF8.GetString(subject.Reply.Text.Span));
            return ValueTask.FromResult(Verdict(subject));
        }

        public bool RefusesEarly(GateId gate, ChatRequest request, ReadOnlySpan<byte> beginning) =>
            Early(System.Text.Encoding.UTF8.GetString(beginning));

        public bool TryAsk(
            GateId gate,
            ChatRequest request,
            ChatReply reply,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ChatRequest? question
        )
        {
            question = Asked(stream: false);
            return true;
        }
    }
}
