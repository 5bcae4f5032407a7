using System.Collections.Immutable;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Routing.Selection;
using Wye.Testing;

namespace Wye.Routing.Ladders;

public class LadderTests
{
    private static readonly TierName Small = new("small");
    private static readonly TierName Medium = new("medium");

    [Theory]
    [InlineData(1, StepKind.Write, CallerPriority.Normal, "medium")]
    [InlineData(0.51, StepKind.Write, CallerPriority.Normal, "medium")]
    [InlineData(0.5, StepKind.Write, CallerPriority.Normal, "medium")]
    [InlineData(0.49, StepKind.Write, CallerPriority.Normal, "small")]
    [InlineData(0.49, StepKind.Design, CallerPriority.Normal, "large")]
    [InlineData(0.2, StepKind.Design, CallerPriority.Normal, "large")]
    [InlineData(0.19, StepKind.Design, CallerPriority.Normal, "small")]
    [InlineData(0.19, StepKind.Classify, CallerPriority.Normal, "small")]
    [InlineData(0.49, StepKind.Design, CallerPriority.Low, "small")]
    [InlineData(0.51, StepKind.Design, CallerPriority.Low, "large")]
    [InlineData(0, StepKind.Design, CallerPriority.Critical, "large")]
    [InlineData(0, StepKind.Write, CallerPriority.Critical, "medium")]
    [InlineData(0, StepKind.Design, CallerPriority.Normal, "small")]
    public void DefaultLadder_LeadsDownAsStated(double left, StepKind kind, CallerPriority priority, string tier) =>
        First(World(), left, kind, priority).Tier.Value.ShouldBe(tier);

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(0)]
    public void SafetySteps_AreNeverDegraded(double left)
    {
        var world = World(route =>
            route with
            {
                StepKindTiers = ImmutableDictionary<StepKind, TierName>.Empty.Add(
                    StepKind.Safety,
                    new TierName("large")
                ),
            }
        );

        First(world, left, StepKind.Safety, CallerPriority.Low).Tier.Value.ShouldBe("large");
    }

    [Fact]
    public void Why_SaysWhatWasChanged_AndRemovalsSayWhy()
    {
        var result = Plan(World(), 0.34, StepKind.Write);

        result.Plan!.Why.ShouldEndWith("; budget 34% left: medium -> small");
        result
            .Removals.Where(removal => removal.Cause == RemovalCause.Budget)
            .Select(removal => $"{removal.Model} {removal.Reason}")
            .ShouldBe([
                "sonnet 34% of the budget left: only a fallback",
                "gpt 34% of the budget left: only a fallback",
                "opus 34% of the budget left: only a fallback",
                "o1 34% of the budget left: only a fallback",
            ]);
    }

    [Fact]
    public void DearerModels_StayWhatAFailureFallsBackTo()
    {
        var world = World(route => route with { Fallbacks = [new ModelId("opus")] });

        RoutingWorld.Models(Plan(world, 0.1, StepKind.Design)).ShouldBe(["mini", "opus"]);
    }

    [Fact]
    public void WhenNothingCheaperIsThere_TheRequestGoesAsItIs_AndWhySaysSo()
    {
        var world = World();
        world.CoolDown("p/haiku", TimeSpan.FromMinutes(5));
        world.CoolDown("p/mini", TimeSpan.FromMinutes(5));

        var plan = Plan(world, 0.1, StepKind.Design).Plan!;

        plan.Nodes[0].Model.Tier.Value.ShouldBe("large");
        plan.Why.ShouldEndWith("; budget 10% left, nothing cheaper can take it");
    }

    [Fact]
    public void ANamedModel_IsNeverReplaced()
    {
        var request = A.Asked("hello", model: "opus");

        RoutingWorld.Models(World().Plan(request, new RoutingGrant { BudgetFraction = 0.01 }))[0].ShouldBe("opus");
    }

    [Fact]
    public void WrittenLadder_TakesThePlaceOfTheDefault()
    {
        var ladder = new BudgetLadder
        {
            Rungs =
            [
                new BudgetRung(0.9) { Tiers = ImmutableDictionary<TierName, TierName>.Empty.Add(new("large"), Medium) },
                new BudgetRung(0.3) { Everything = true, Target = Medium },
            ],
        };
        var world = World(route => route with { Ladder = ladder });

        First(world, 0.8, StepKind.Design).Tier.ShouldBe(Medium);
        First(world, 0.8, StepKind.Write).Tier.ShouldBe(Medium);
        First(world, 0.1, StepKind.Classify).Tier.ShouldBe(Small);
        First(world, 0.1, StepKind.Design).Tier.ShouldBe(Medium);
        First(World(route => route with { Ladder = BudgetLadder.None }), 0, StepKind.Design)
            .Tier.Value.ShouldBe("large");
    }

    [Fact]
    public void Pacing_LooksAtThePacedFractionOnly()
    {
        var world = World(route => route with { Ladder = BudgetLadder.Default with { Paced = true } });
        var request = A.Asked("hello", hints: new CallerHints { StepKind = StepKind.Design });

        world
            .Plan(request, new RoutingGrant { BudgetFraction = 0.1, PacedFraction = 1 })
            .Plan!.Nodes[0]
            .Model.Tier.Value.ShouldBe("large");
        world
            .Plan(request, new RoutingGrant { BudgetFraction = 0.6, PacedFraction = 0.1 })
            .Plan!.Nodes[0]
            .Model.Tier.Value.ShouldBe("small");
    }

    [Fact]
    public void TwoTiers_HaveNoMiddle_SoOnlyTheLastRungCounts()
    {
        var models = A.UsualModels().Where(model => model.Tier != Medium).ToList();
        var world = new RoutingWorld(A.Pool(models, route => route with { Policies = [new StaticPolicy()] }));

        First(world, 0.3, StepKind.Design).Tier.Value.ShouldBe("large");
        First(world, 0.1, StepKind.Design).Tier.ShouldBe(Small);
    }

    [Fact]
    public void ACascade_KeepsItsLargeStage_AndLosesTheOnesBetween()
    {
        var world = Cascading("small", "medium", "large");

        RoutingWorld.Models(Plan(world, 0.6, StepKind.Write))[..3].ShouldBe(["mini", "gpt", "o1"]);
        var plan = Plan(world, 0.34, StepKind.Write).Plan!;

        plan.Nodes[0].Model.Id.Value.ShouldBe("mini");
        plan.Nodes[0]
            .Edges.Where(edge => edge.On is EdgeEvent.Refused or EdgeEvent.Abstained)
            .Select(edge => edge.Target)
            .ShouldBe([PlanEnd.BestSoFar, PlanEnd.BestSoFar], "small would only be asked the same again");
        plan.Nodes[0]
            .Edges.Single(edge => edge.On == EdgeEvent.Failed)
            .Target.ShouldBe(1, "dearer ones stay fallbacks");
        plan.Why.ShouldEndWith("; budget 34% left: medium -> small");
        plan.Degraded.ShouldBe("medium -> small");
    }

    [Fact]
    public void ACascadeThatBeginsInTheMiddle_BeginsLower()
    {
        var world = Cascading("medium", "large");

        RoutingWorld.Models(Plan(world, 0.34, StepKind.Write))[..2].ShouldBe(["mini", "o1"]);
        RoutingWorld.Models(Plan(world, 0.19, StepKind.Write))[0].ShouldBe("mini");
    }

    [Fact]
    public void ACascadeOfSmallAndLarge_HasNoMiddle_AndStays()
    {
        var plan = Plan(Cascading("small", "large"), 0.34, StepKind.Write).Plan!;

        plan.Nodes[0].Edges.ShouldContain(new PlanEdge(EdgeEvent.Refused, 1));
        plan.Degraded.ShouldBeNull();
    }

    [Fact]
    public void AJudgeRouter_LeadsItsMiddleLabelLower_AndKeepsTheOthers()
    {
        var world = World(route =>
            route with
            {
                Policies = [new JudgeRouterPolicy()],
                JudgeRouter = new JudgeRouterModel { Model = new ModelId("haiku") },
            }
        );

        Labels(Plan(world, 0.6, StepKind.Write).Plan!).ShouldBe("1 mini 2 gpt 3 o1");
        var plan = Plan(world, 0.34, StepKind.Write).Plan!;
        Labels(plan).ShouldBe("1 mini 2 mini 3 o1");
        plan.Why.ShouldEndWith("; budget 34% left: medium -> small");
        Labels(Plan(world, 0.19, StepKind.Write).Plan!).ShouldBe("1 mini 2 mini 3 mini");
        Labels(Plan(world, 0.34, StepKind.Write, CallerPriority.Critical).Plan!).ShouldBe("1 mini 2 gpt 3 o1");
    }

    [Theory]
    [InlineData(CallerPriority.Normal, 2)]
    [InlineData(CallerPriority.Critical, PlanEnd.Refuse)]
    public void AJudgeRouter_LeadsDownForMoney_UnlessItIsCritical(CallerPriority priority, int target)
    {
        var world = World(route =>
            route with
            {
                Policies = [new JudgeRouterPolicy()],
                JudgeRouter = new JudgeRouterModel { Model = new ModelId("haiku") },
            }
        );

        Plan(world, 1, StepKind.Write, priority)
            .Plan!.Nodes[1]
            .Edges.Single(edge => edge.On == EdgeEvent.Unaffordable)
            .Target.ShouldBe(target);
    }

    [Theory]
    [InlineData(CallerPriority.Normal, PlanEnd.BestSoFar)]
    [InlineData(CallerPriority.Critical, PlanEnd.Refuse)]
    public void ACascadesLastStage_LeavesARefusedAnswerForMoney_UnlessItIsCritical(CallerPriority priority, int target)
    {
        var world = Cascading(
            route => route with { Bounds = new PlanBounds { MaxFailureAttempts = 1 } },
            "small",
            "large"
        );

        Plan(world, 1, StepKind.Write, priority)
            .Plan!.Nodes[1]
            .Edges.Single(edge => edge.On == EdgeEvent.Unaffordable)
            .Target.ShouldBe(target);
    }

    private static string Labels(RoutePlan plan) =>
        string.Join(
            ' ',
            plan.Nodes[0]
                .Edges.Where(edge => edge.Label is not null)
                .Select(edge => $"{edge.Label} {plan.Nodes[edge.Target].Model.Id}")
        );

    private static RoutingWorld Cascading(params string[] tiers) => Cascading(same => same, tiers);

    private static RoutingWorld Cascading(Func<RouteModel, RouteModel> arrange, params string[] tiers) =>
        World(route =>
            arrange(
                route with
                {
                    Policies = [new CascadePolicy()],
                    Cascade = new CascadeModel
                    {
                        Stages =
                        [
                            .. tiers.Select(
                                (name, i) =>
                                    new CascadeStage
                                    {
                                        Name = name,
                                        Models = TierChoice.Find(route.Tiers, new TierName(name))!.Models,
                                        Gate = i + 1 < tiers.Length ? new GateId("checks") : null,
                                    }
                            ),
                        ],
                    },
                }
            )
        );

    private static RoutingWorld World(Func<RouteModel, RouteModel>? arrange = null) =>
        new(
            A.Pool(
                A.UsualModels(),
                route => (arrange ?? (same => same))(route with { Policies = [new StaticPolicy()] })
            )
        );

    private static RoutingResult Plan(
        RoutingWorld world,
        double left,
        StepKind kind,
        CallerPriority priority = CallerPriority.Normal
    ) =>
        world.Plan(
            A.Asked("hello", hints: new CallerHints { StepKind = kind, Priority = priority }),
            new RoutingGrant { BudgetFraction = left }
        );

    private static Wye.Catalog.Model First(
        RoutingWorld world,
        double left,
        StepKind kind,
        CallerPriority priority = CallerPriority.Normal
    ) => Plan(world, left, kind, priority).Plan!.Nodes[0].Model;
}
