using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class CascadePolicyTests
{
    private static readonly CascadeStage Small = new()
    {
        Name = "small",
        Models = [new ModelId("haiku"), new ModelId("mini")],
        Gate = new GateId("checks"),
        Threshold = 0.7,
        MaxTime = TimeSpan.FromSeconds(5),
    };

    private static readonly CascadeStage Large = new() { Name = "large", Models = [new ModelId("opus")] };

    private static RoutePlan Plan(
        CascadeModel cascade,
        Func<RouteModel, RouteModel>? more = null,
        CallerHints? hints = null
    )
    {
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                route => (more ?? (same => same))(route) with { Policies = [new CascadePolicy()], Cascade = cascade }
            )
        );
        var result = world.Plan(A.Asked("hello", hints: hints));
        return result.Plan.ShouldNotBeNull(result.Error?.Message);
    }

    [Fact]
    public void Stages_AreTheCheapestOfEachTier_AndOnlyTheLastHasNoGate()
    {
        var plan = Plan(new CascadeModel { Stages = [Small, Large] });
        plan.Policy.ShouldBe("cascade");
        plan.Nodes[0].Model.Id.ShouldBe(new ModelId("mini"));
        plan.Nodes[0].Gate.ShouldBe(new GateId("checks"));
        plan.Nodes[0].PassFrom.ShouldBe(0.7);
        plan.Nodes[0].TimeCap.ShouldBe(TimeSpan.FromSeconds(5));
        plan.Nodes[0].Edges.ShouldContain(new PlanEdge(EdgeEvent.Refused, 1));
        plan.Nodes[0].Edges.ShouldContain(new PlanEdge(EdgeEvent.Abstained, 1), "who cannot tell does not pass");
        plan.Nodes[1].Model.Id.ShouldBe(new ModelId("opus"));
        plan.Nodes[1].Gate.ShouldBeNull();
        plan.Why.ShouldContain("cascade: mini > opus, pays below 99% escalated");
    }

    [Fact]
    public void ChecksThatCall_AreNodesBetweenTheStages_AndAFailureOfThemEscalates()
    {
        var judged = Small with { Judge = new ModelId("gpt"), Samples = [new ModelId("mini")] };
        var plan = Plan(new CascadeModel { Stages = [judged, Large] });
        plan.Nodes[..4]
            .Select(node => node.Kind)
            .ShouldBe([CallKind.Answer, CallKind.Sample, CallKind.Judge, CallKind.Answer]);
        plan.Nodes[0].Edges.ShouldContain(new PlanEdge(EdgeEvent.Abstained, 1));
        plan.Nodes[0].Edges.ShouldContain(new PlanEdge(EdgeEvent.Refused, 3), "a plain refusal saves the judge");
        plan.Nodes[2].Edges.ShouldContain(new PlanEdge(EdgeEvent.Passed, PlanEnd.Deliver));
        plan.Nodes[2].Edges.Single(edge => edge.On == EdgeEvent.Failed).Target.ShouldBe(3);
    }

    [Theory]
    [InlineData(false, false, "pays below 95% escalated")]
    [InlineData(true, false, "pays below 89% escalated")]
    [InlineData(false, true, "pays below 74% escalated")]
    public void TheBreakEvenInWhy_CountsTheVerifier(bool sampled, bool judged, string expected)
    {
        var stage = Small with
        {
            Models = [new ModelId("haiku")],
            Samples = sampled ? [new ModelId("haiku")] : [],
            Judge = judged ? new ModelId("opus") : null,
        };

        Plan(new CascadeModel { Stages = [stage, Large] }).Why.ShouldContain(expected);
    }

    [Fact]
    public void AStageWithoutCandidate_IsLeftOut_AndOneThatIsLeftAnswers()
    {
        var gone = Large with { Models = [new ModelId("gone")] };
        var plan = Plan(new CascadeModel { Stages = [Small, gone] });
        plan.Nodes[0].Model.Id.ShouldBe(new ModelId("mini"));
        plan.Nodes[0].Gate.ShouldBeNull("a refusal would have nowhere to go");
        plan.Why.ShouldContain("only stage left");
    }

    [Fact]
    public void TheCapOfAStage_IsTheSmallerOfItsOwnAndTheRequests()
    {
        var capped = Small with { MaxCost = Usd.FromDollars(0.01m) };
        var plan = Plan(
            new CascadeModel { Stages = [capped, Large] },
            route => route with { MaxCost = Usd.FromDollars(1) }
        );
        plan.Nodes[0].CostCap.ShouldBe(Usd.FromDollars(0.01m));
        plan.Nodes[1].CostCap.ShouldBe(Usd.FromDollars(1));
    }

    [Fact]
    public void TheRefusedAnswer_IsShownOnlyToLaterStages()
    {
        var plan = Plan(new CascadeModel { Stages = [Small, Large], ShowRefused = true });
        plan.Nodes[0].ShowsRefused.ShouldBeFalse();
        plan.Nodes[1].ShowsRefused.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 0, 10, 0.9)]
    [InlineData(1, 1, 10, 0.8)]
    [InlineData(6, 5, 10, -0.1)]
    public void BreakEven_IsOneMinusWhatWeakAndVerifierCostOfTheStrongCall(
        long weak,
        long gate,
        long strong,
        double expected
    ) => BreakEven.Of(new Usd(weak), new Usd(gate), new Usd(strong))!.Value.ShouldBe(expected, 1e-12);

    [Fact]
    public void BreakEven_OfAnUnknownPrice_IsUnknown()
    {
        BreakEven.Of(null, Usd.Zero, new Usd(1)).ShouldBeNull();
        BreakEven.Of(new Usd(1), Usd.Zero, Usd.Zero).ShouldBeNull();
    }
}
