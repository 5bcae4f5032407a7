using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing;

public class RouterPlanTests
{
    [Fact]
    public void Fallbacks_AreTheTierThenThoseAboveThenThoseBelow_CheapestFirst()
    {
        var world = new RoutingWorld(
            A.Pool(A.UsualModels(), route => route with { Bounds = new PlanBounds { MaxFailureAttempts = 6 } })
        );
        RoutingWorld.Models(world.Plan(A.Asked("hi"))).ShouldBe(["gpt", "sonnet", "o1", "opus", "mini", "haiku"]);
    }

    [Fact]
    public void Plan_HasAtMostTheFailureAttemptsOfTheRoute()
    {
        RoutingWorld.Models(new RoutingWorld().Plan(A.Asked("hi"))).Length.ShouldBe(3);
        var one = A.Pool(A.UsualModels(), route => route with { Bounds = new PlanBounds { MaxFailureAttempts = 1 } });
        RoutingWorld.Models(new RoutingWorld(one).Plan(A.Asked("hi"))).ShouldBe(["gpt"]);
    }

    [Fact]
    public void ConfiguredFallbacks_ReplaceTheDefaultOrder_AndTheFirstModelIsNotRepeated()
    {
        var world = new RoutingWorld(
            A.Pool(A.UsualModels(), route => route with { Fallbacks = [new("mini"), new("gpt"), new("opus")] })
        );
        RoutingWorld.Models(world.Plan(A.Asked("hi"))).ShouldBe(["gpt", "mini", "opus"]);
    }

    [Fact]
    public void Edges_TakeGeneralFailuresToTheNextNode()
    {
        var pool = A.Pool(A.UsualModels(), route => route with { ContextWindowFallbacks = [] });
        var nodes = new RoutingWorld(pool).Plan(A.Asked("hi")).Plan!.Nodes;
        nodes[0].Edges.ShouldBe([new PlanEdge(EdgeEvent.Failed, 1) { Failures = FailureKindSet.General }]);
        nodes[1].Edges.ShouldBe([new PlanEdge(EdgeEvent.Failed, 2) { Failures = FailureKindSet.General }]);
        nodes[2].Edges.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_CarriesTheRoutesBoundsBalancingAndStepKind()
    {
        var world = new RoutingWorld();
        var plan = world.Plan(A.Asked("Translate this to German: hello")).Plan!;
        var route = world.Snapshot.Routes[new RouteName("auto")];
        plan.Bounds.ShouldBe(route.Bounds);
        plan.Balancing.ShouldBeSameAs(route.Balancing);
        plan.StepKind.ShouldBe(StepKind.Translate);
    }

    [Fact]
    public void Strong_IsTheConfiguredModel()
    {
        var pool = A.Pool(A.UsualModels(), route => route with { Strong = new("sonnet") });
        new RoutingWorld(pool).Plan(A.Asked("hi")).Plan!.Strong!.Id.Value.ShouldBe("sonnet");
    }

    [Fact]
    public void Strong_ByDefaultIsTheHighestTiersDearest()
    {
        new RoutingWorld().Plan(A.Asked("hi")).Plan!.Strong!.Id.Value.ShouldBe("opus");
    }

    [Fact]
    public void Strong_ThatCannotTakeTheRequest_IsReplacedAndToldInWhy()
    {
        var models = A.UsualModels()
            .Select(model => model.Id.Value == "o1" ? model with { Capabilities = Capabilities.None } : model)
            .ToList();
        var pool = A.Pool(models, route => route with { Strong = new("o1") });
        var plan = new RoutingWorld(pool).Plan(A.Asked("hi", features: ChatFeatures.Images)).Plan!;
        plan.Strong!.Id.Value.ShouldBe("opus");
        plan.Why.ShouldEndWith("; strong o1 not eligible");
    }

    [Fact]
    public void Strong_StaysWhenItCoolsDownOrCostsTooMuch()
    {
        var world = new RoutingWorld();
        world.CoolDown("p/opus");
        var hints = new CallerHints { MaxCost = Usd.FromDollars(0.005m) };
        world.Plan(A.Asked("hi", hints: hints)).Plan!.Strong!.Id.Value.ShouldBe("opus");
    }

    [Fact]
    public void Strong_OutsideTheTiers_IsNoCandidate()
    {
        var pool = A.Pool(
            A.UsualModels(),
            route => route with { Tiers = [route.Tiers[0], route.Tiers[1]], Strong = new("opus") }
        );
        var result = new RoutingWorld(pool).Plan(A.Asked("hi"));
        result.Plan!.Strong!.Id.Value.ShouldBe("opus");
        RoutingWorld.Left(result).ShouldBe(["haiku", "mini", "sonnet", "gpt"]);
    }

    [Fact]
    public void Why_IsPrintableAsciiAndShort()
    {
        var step = new string('\u00e9', 300) + "\r\n";
        var pool = A.Pool(
            A.UsualModels(),
            route => route with { StepTiers = route.StepTiers.Add(step, new TierName("large")) }
        );
        var why = new RoutingWorld(pool).Plan(A.Asked("hi", hints: new CallerHints { Step = step })).Plan!.Why;
        why.Length.ShouldBe(PlanWriter.MaxWhy);
        why.ShouldStartWith("static: step ????");
        why.ShouldAllBe(letter => letter >= ' ' && letter <= '~');
    }
}
