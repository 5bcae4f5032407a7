using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing;

public class RouterCostTests
{
    [Fact]
    public void ExpectedCost_IsTheEstimateTimesThePrices()
    {
        var result = new RoutingWorld(A.Pool([A.PoolModel("m", input: 2m, output: 8m)])).Plan(
            A.Asked("Classify this as spam or ham: hello")
        );
        var expected = (Usd.PerMillionTokens(2m) * result.Signals!.PromptTokens) + (Usd.PerMillionTokens(8m) * 20);
        result.Candidates[0].ExpectedCost.ShouldBe(expected);
        result.Plan!.Nodes[0].ExpectedCost.ShouldBe(expected);
    }

    [Fact]
    public void ExpectedOutput_IsNeverAboveWhatTheCallerAllows()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("m", input: 0m, output: 1m)]));
        world.Plan(A.Asked("hi", maxTokens: 7)).Candidates[0].ExpectedCost.ShouldBe(Usd.PerMillionTokens(1m) * 7);
        world.Plan(A.Asked("hi", maxTokens: 9_000)).Candidates[0].ExpectedCost.ShouldBe(Usd.PerMillionTokens(1m) * 300);
    }

    [Fact]
    public void ExpectedCost_IsThatOfTheDearestDeployment()
    {
        var model = A.PoolModel("m", input: 1m, output: 1m);
        var dear = A.PoolDeployment(model, A.PoolProvider("dear")) with
        {
            OwnPrice = new(Usd.PerMillionTokens(9m), Usd.PerMillionTokens(9m)),
        };
        var world = new RoutingWorld(A.Pool([model], deployments: [A.PoolDeployment(model), dear]));
        var result = world.Plan(A.Asked("hi"));
        result.Candidates[0].ExpectedCost.ShouldBe(Usd.PerMillionTokens(9m) * (result.Signals!.PromptTokens + 300));
    }

    [Fact]
    public void Cap_RemovesWhatIsAboveItAndWhatHasNoPrice()
    {
        var world = new RoutingWorld(
            A.Pool([
                A.PoolModel("cheap"),
                A.PoolModel("dear", input: 1_000, output: 1_000),
                A.PoolModel("unknown", input: null),
            ])
        );
        var hints = new CallerHints { MaxCost = Usd.FromDollars(0.01m) };
        var result = world.Plan(A.Asked("hi", hints: hints));
        RoutingWorld.Left(result).ShouldBe(["cheap"]);
        result.Removals.Select(removal => removal.Cause).ShouldBe([RemovalCause.Cost, RemovalCause.UnknownPrice]);
        result.Removals[0].Reason.ShouldMatch(@"^expected cost 0\.\d{6} > cap 0\.010000 USD$");
        result.Plan!.Nodes[0].CostCap.ShouldBe(hints.MaxCost);
        RoutingWorld.Left(world.Plan(A.Asked("hi"))).ShouldBe(["cheap", "dear", "unknown"]);
    }

    [Theory]
    [InlineData(0.01, 0.5)]
    [InlineData(0.5, 0.01)]
    public void SmallerOfTwoCaps_Counts(double caller, double route)
    {
        var world = new RoutingWorld(
            A.Pool(
                [A.PoolModel("cheap"), A.PoolModel("dear", input: 100, output: 100)],
                model => model with { MaxCost = Usd.FromDollars((decimal)route) }
            )
        );
        var hints = new CallerHints { MaxCost = Usd.FromDollars((decimal)caller) };
        RoutingWorld.Left(world.Plan(A.Asked("hi", hints: hints))).ShouldBe(["cheap"]);
    }

    [Fact]
    public void CapThatNothingMeets_IsABudgetError()
    {
        var hints = new CallerHints { MaxCost = Usd.FromDollars(0.000001m) };
        var error = new RoutingWorld().Plan(A.Asked("hi", hints: hints)).Error!;
        error.Kind.ShouldBe(FailureKind.BudgetExceeded);
        error.Code.ShouldBe("cost_cap_exceeded");
        error.Message.ShouldContain("; and 1 more");
    }

    [Fact]
    public void FreeModel_MeetsACapOfZero()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("local", input: 0, output: 0), A.PoolModel("paid")]));
        var hints = new CallerHints { MaxCost = Usd.Zero };
        RoutingWorld.Left(world.Plan(A.Asked("hi", hints: hints))).ShouldBe(["local"]);
    }
}
