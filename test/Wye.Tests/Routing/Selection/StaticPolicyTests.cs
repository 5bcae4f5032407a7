using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class StaticPolicyTests
{
    private static readonly Dictionary<StepKind, string> Table = new()
    {
        [StepKind.Chat] = "medium",
        [StepKind.Classify] = "small",
        [StepKind.Route] = "small",
        [StepKind.Validate] = "small",
        [StepKind.Format] = "small",
        [StepKind.Template] = "small",
        [StepKind.Extract] = "small",
        [StepKind.Safety] = "small",
        [StepKind.Summarize] = "small",
        [StepKind.Translate] = "small",
        [StepKind.ToolSelect] = "small",
        [StepKind.Write] = "medium",
        [StepKind.Implement] = "medium",
        [StepKind.Review] = "medium",
        [StepKind.Synthesize] = "medium",
        [StepKind.Transform] = "medium",
        [StepKind.Reason] = "large",
        [StepKind.Design] = "large",
        [StepKind.Judge] = "large",
        [StepKind.Decompose] = "large",
        [StepKind.Plan] = "large",
    };

    [Fact]
    public void DefaultTable_GivesEveryKindItsTier()
    {
        Table.Count.ShouldBe(StepKinds.All.Count);
        var world = new RoutingWorld();
        foreach (var (kind, tier) in Table)
        {
            TierOf(world, new CallerHints { StepKind = kind }).ShouldBe(tier, kind.ToString());
        }
    }

    [Fact]
    public void LongPrompts_LiftSummariesTranslationsAndToolChoices()
    {
        var text = new string('a', 16_000);
        foreach (var kind in StepKinds.All)
        {
            var wanted = kind is StepKind.Summarize or StepKind.Translate or StepKind.ToolSelect
                ? "medium"
                : Table[kind];
            TierOf(new RoutingWorld(), new CallerHints { StepKind = kind }, text).ShouldBe(wanted, kind.ToString());
        }
    }

    [Theory]
    [InlineData("small,large", StepKind.Write, "large")]
    [InlineData("small,large", StepKind.Classify, "small")]
    [InlineData("cheap,good", StepKind.Write, "good")]
    [InlineData("cheap,good", StepKind.Classify, "cheap")]
    [InlineData("small,medium", StepKind.Plan, "medium")]
    [InlineData("a,b,c", StepKind.Write, "b")]
    [InlineData("a,b,c,d", StepKind.Write, "c")]
    [InlineData("a,b,c,d", StepKind.Plan, "d")]
    [InlineData("only", StepKind.Plan, "only")]
    [InlineData("nano,small,medium,large", StepKind.Classify, "small")]
    public void Tiers_AreMetByNameElseByRank_AndTwoHaveNoMiddle(string tiers, StepKind kind, string wanted)
    {
        ImmutableArray<Tier> ordered =
        [
            .. tiers.Split(',').Select((name, i) => new Tier(new TierName(name), i + 1, [])),
        ];
        TierChoice.Map(ordered, StepTierDefaults.Of(kind, 10)).Name.Value.ShouldBe(wanted);
    }

    [Fact]
    public void RouteTier_StandsBeforeStepName_BeforeStepKind()
    {
        var hints = new CallerHints { Step = "check", StepKind = StepKind.Write };
        RouteModel Configured(RouteModel route) =>
            route with
            {
                StepTiers = route.StepTiers.Add("check", new TierName("large")),
                StepKindTiers = route.StepKindTiers.Add(StepKind.Write, new TierName("small")),
            };
        var byKind = new RoutingWorld(A.Pool(A.UsualModels(), Configured));
        TierOf(byKind, hints with { Step = "other" }).ShouldBe("small");
        TierOf(byKind, hints).ShouldBe("large");
        byKind.Plan(A.Asked("hi", hints: hints)).Plan!.Why.ShouldBe("static: step check -> large");
        var byRoute = new RoutingWorld(
            A.Pool(A.UsualModels(), route => Configured(route) with { Tier = new TierName("medium") })
        );
        TierOf(byRoute, hints).ShouldBe("medium");
    }

    [Fact]
    public void Tier_GivesItsCheapestCandidateByExpectedCost_NotByOnePrice()
    {
        var models = new[]
        {
            A.PoolModel("dear-output", input: 0.1m, output: 50m),
            A.PoolModel("dear-input", input: 5m, output: 5m),
        };
        var world = new RoutingWorld(A.Pool(models));
        var classify = new CallerHints { StepKind = StepKind.Classify };
        RoutingWorld.Models(world.Plan(A.Asked(new string('a', 4_000), hints: classify)))[0].ShouldBe("dear-output");
        var write = new CallerHints { StepKind = StepKind.Write };
        RoutingWorld.Models(world.Plan(A.Asked("hi", hints: write)))[0].ShouldBe("dear-input");
    }

    [Fact]
    public void EqualCosts_KeepTheConfiguredOrder_AndUnknownPricesComeLast()
    {
        var world = new RoutingWorld(
            A.Pool([A.PoolModel("unknown", input: null), A.PoolModel("first"), A.PoolModel("second")])
        );
        RoutingWorld.Models(world.Plan(A.Asked("hi"))).ShouldBe(["first", "second", "unknown"]);
    }

    [Fact]
    public void TierWithoutCandidates_GivesWayToTheNextAbove_ThenBelow()
    {
        var hints = new CallerHints { StepKind = StepKind.Classify };
        var models = A.UsualModels()
            .Select(model => model.Tier.Value == "small" ? model with { Capabilities = Capabilities.None } : model)
            .ToList();
        var result = new RoutingWorld(A.Pool(models)).Plan(A.Asked("hi", features: ChatFeatures.Tools, hints: hints));
        result.Plan!.Why.ShouldBe("static: classify -> small has no candidate, medium");
        RoutingWorld.Models(result)[0].ShouldBe("gpt");

        var noLarge = A.UsualModels()
            .Select(model => model.Tier.Value == "large" ? model with { Capabilities = Capabilities.None } : model)
            .ToList();
        var below = new RoutingWorld(A.Pool(noLarge)).Plan(
            A.Asked("hi", features: ChatFeatures.Tools, hints: new CallerHints { StepKind = StepKind.Plan })
        );
        below.Plan!.Why.ShouldBe("static: plan -> large has no candidate, medium");
    }

    private static string TierOf(RoutingWorld world, CallerHints hints, string text = "hi") =>
        world.Plan(A.Asked(text, hints: hints)).Plan!.Nodes[0].Model.Tier.Value;
}
