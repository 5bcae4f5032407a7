using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Routing.Selection;
using Wye.Testing;

namespace Wye.Routing.Ladders;

/// <summary>Whom a plan leads to when the money does not reach for the model that was chosen.</summary>
public class DescentTests
{
    private static readonly RoutingGrant Budgeted = new() { Budgeted = true };

    private static readonly CallerHints Design = new() { StepKind = StepKind.Design };

    [Fact]
    public void Unaffordable_LeadsToEveryCheaperModel_TheDearestFirst() =>
        Walk(Plan(World())).ShouldBe("o1 sonnet gpt haiku mini");

    [Fact]
    public void WhereNoBudgetApplies_ThereIsNoWayDown() => Walk(Plan(World(), grant: RoutingGrant.All)).ShouldBe("o1");

    [Fact]
    public void ACostCap_LeadsDownAsABudgetDoes()
    {
        var plan = Plan(World(), Design with { MaxCost = Usd.FromDollars(1) }, grant: RoutingGrant.All);

        Walk(plan).ShouldBe("o1 sonnet gpt haiku mini");
        plan.Nodes.ShouldAllBe(node => node.CostCap == Usd.FromDollars(1));
    }

    [Fact]
    public void TheLastModel_IsTheCheapest_HoweverManyAreBetween()
    {
        var models = Enumerable.Range(1, 30).Select(i => A.PoolModel($"m{i}", "small", i, i)).ToList();
        models.Add(A.PoolModel("top", "large", 100, 100));
        var world = new RoutingWorld(A.Pool(models, route => route with { Policies = [new StaticPolicy()] }));

        Walk(Plan(world)).ShouldBe("top m30 m29 m28 m27 m26 m25 m24 m1");
    }

    [Fact]
    public void AnUnknownPrice_IsDearerThanAny_AndNeverTheWayDown()
    {
        var models = A.UsualModels()
            .Select(model => model.Id.Value is "opus" or "o1" or "gpt" ? model with { Price = null } : model)
            .ToList();
        var world = new RoutingWorld(A.Pool(models, route => route with { Policies = [new StaticPolicy()] }));

        Walk(Plan(world)).ShouldBe("opus sonnet haiku mini");
    }

    [Fact]
    public void ModelsThatCannotTakeTheRequest_AreNoWayDown()
    {
        var models = A.UsualModels()
            .Select(model => model.Id.Value == "sonnet" ? model with { Capabilities = Capabilities.None } : model)
            .ToList();
        var world = new RoutingWorld(A.Pool(models, route => route with { Policies = [new StaticPolicy()] }));
        var grant = Budgeted with
        {
            Models = new[] { "o1", "sonnet", "gpt", "mini" }.Select(id => new ModelId(id)).ToFrozenSet(),
        };
        var request = A.Asked("hello", hints: Design, features: ChatFeatures.Images);

        Walk(world.Plan(request, grant).Plan!).ShouldBe("o1 gpt mini", "sonnet sees no images, haiku is not allowed");
    }

    [Fact]
    public void AFallback_LeadsDownToo_ButNotToWhatFailedBefore()
    {
        var world = World(route => route with { Fallbacks = [new("sonnet"), new("opus")] });
        var plan = Plan(world);

        RoutingWorld.Models(world.Plan(Asked(Design), Budgeted))[..3].ShouldBe(["o1", "sonnet", "opus"]);
        Walk(plan, from: 1).ShouldBe("sonnet gpt haiku mini");
        Walk(plan, from: 2).ShouldBe("opus gpt haiku mini", "sonnet has failed on the way to opus");
    }

    [Theory]
    [InlineData(CallerPriority.Critical, StepKind.Design)]
    [InlineData(CallerPriority.Normal, StepKind.Safety)]
    public void CriticalRequestsAndSteps_AreRefusedRatherThanDegraded(CallerPriority priority, StepKind kind)
    {
        var world = World(route => route with { Tier = new TierName("large") });

        var plan = Plan(world, new CallerHints { StepKind = kind, Priority = priority });

        Walk(plan).ShouldBe("o1");
    }

    [Fact]
    public void ANamedModel_HasNoWayDown()
    {
        var plan = World().Plan(A.Asked("hello", model: "opus"), Budgeted).Plan!;

        Walk(plan).ShouldBe("opus");
    }

    [Fact]
    public void ARouteWithoutLadder_HasNoWayDown() =>
        Walk(Plan(World(route => route with { Ladder = BudgetLadder.None }))).ShouldBe("o1");

    [Theory]
    [InlineData("static")]
    [InlineData("heuristic")]
    [InlineData("rules")]
    public void EveryPolicyThatAnswersOnce_LeadsDown(string policy)
    {
        var world = World(route =>
            route with
            {
                Policies = [BuiltInPolicies.Selection.First(one => one.Name == policy)],
                Rules = [new RouteRule { Name = "r", Tier = new TierName("large") }],
            }
        );

        var plan = Plan(world);

        plan.Policy.ShouldBe(policy);
        plan.Nodes[0].Edges.ShouldContain(edge => edge.On == EdgeEvent.Unaffordable);
    }

    [Fact]
    public void ChainsWithAndWithoutAWayDown_AreKeptApart()
    {
        var world = World();

        for (var i = 0; i < 3; i++)
        {
            Walk(Plan(world)).ShouldBe("o1 sonnet gpt haiku mini");
            Walk(Plan(world, grant: RoutingGrant.All)).ShouldBe("o1");
        }
    }

    [Fact]
    public void ADecisionUnderABudget_AllocatesAsLittle()
    {
        const int Rounds = 1_000;
        var world = World();
        var request = Asked(Design);
        world.Plan(request, Budgeted);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            world.Plan(request, Budgeted);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds).ShouldBeLessThan(1_200);
    }

    private static ChatRequest Asked(CallerHints hints) => A.Asked("hello", hints: hints);

    private static RoutePlan Plan(RoutingWorld world, CallerHints? hints = null, RoutingGrant? grant = null) =>
        world.Plan(Asked(hints ?? Design), grant ?? Budgeted).Plan!;

    // The models a walk passes when none of them fits.
    private static string Walk(RoutePlan plan, int from = 0)
    {
        var models = new List<string>();
        for (var at = from; at >= 0; )
        {
            models.Add(plan.Nodes[at].Model.Id.Value);
            at = plan.Nodes[at]
                .Edges.Where(edge => edge.On == EdgeEvent.Unaffordable)
                .Select(edge => edge.Target)
                .FirstOrDefault(PlanEnd.Refuse);
        }

        return string.Join(' ', models);
    }

    private static RoutingWorld World(Func<RouteModel, RouteModel>? arrange = null) =>
        new(
            A.Pool(
                A.UsualModels(),
                route => (arrange ?? (same => same))(route with { Policies = [new StaticPolicy()] })
            )
        );
}
