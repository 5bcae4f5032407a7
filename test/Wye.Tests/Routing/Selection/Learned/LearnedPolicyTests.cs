using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Testing;
using static Wye.Routing.Selection.Learned.LearnedWorld;

namespace Wye.Routing.Selection.Learned;

public sealed class LearnedPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new LearnedPolicy();

    private protected override RoutingSnapshot Change(RoutingSnapshot snapshot) => With(snapshot, Router());
}

public sealed class LearnedTinyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new LearnedPolicy();

    private protected override RoutingSnapshot Change(RoutingSnapshot snapshot) =>
        With(snapshot, ServedRouter.Of(TinyRouter.Manifest, TinyRouter.Snapshot));
}

public sealed class LearnedPolicyTests
{
    [Fact]
    public void Bar_TakesTheCheapestThatReachesIt() =>
        Choice(Snapshot(), Bar(0.8)).ShouldBe(("gpt", "learned: quality 0.84 >= bar 0.80, cheapest of 4 -> gpt"));

    [Fact]
    public void Bar_OfTheRouteStands_UntilTheCallerNamesOne()
    {
        var snapshot = Snapshot(route: route => route with { Quality = new Probability(0.9) });
        Choice(snapshot).Model.ShouldBe("o1");
        Choice(snapshot, Bar(0.5)).Model.ShouldBe("mini");
    }

    [Fact]
    public void Bar_ThatNobodyReaches_TakesTheBest_OrWhatIsAsGoodAndCheaper()
    {
        Choice(Snapshot(), Bar(0.99)).ShouldBe(("o1", "learned: quality 0.95 is the best, none reaches 0.99 -> o1"));
        var close = Router(
            new FakeQuality(
                ("mini", 0.5f),
                ("haiku", 0.1f),
                ("gpt", 0.1f),
                ("sonnet", 0.505f),
                ("opus", 0.1f),
                ("o1", 0.1f)
            )
        );
        Choice(Snapshot(router: close), Bar(0.99)).Model.ShouldBe("mini");
    }

    [Fact]
    public void UnknownPrice_CountsAsTheDearest()
    {
        IReadOnlyList<Model> models = [A.PoolModel("free", "small", null, null), A.PoolModel("dear", "large", 50, 100)];
        var router = Router(new FakeQuality(("free", 0.9f), ("dear", 0.9f)));
        Choice(Snapshot(router: router, models: models)).Model.ShouldBe("dear");
        Choice(Snapshot(new LearnedSettings { Objective = Objective.Tradeoff }, router, models: models))
            .Model.ShouldBe("dear");
    }

    [Fact]
    public void Threshold_PartsStrongFromWeakByTheGain()
    {
        RoutingSnapshot At(double threshold) =>
            Snapshot(
                new LearnedSettings
                {
                    Objective = Objective.Threshold,
                    Threshold = threshold,
                    Weak = new ModelId("haiku"),
                },
                route: route => route with { Strong = new ModelId("opus") }
            );

        // 0.93 - 0.75 = 0.18
        Choice(At(0.17)).ShouldBe(("opus", "learned: gain 0.18 >= threshold 0.17 -> opus"));
        Choice(At(0.19)).ShouldBe(("haiku", "learned: gain 0.18 < threshold 0.19 -> haiku"));
    }

    [Fact]
    public void OnlyModelWithinTheCostLimit_IsSaidToBeTheOnlyOne_UnderEveryObjective()
    {
        var hints = CallerHints.None with { MaxCost = Usd.FromDollars(0.0002m) };
        foreach (var objective in Enum.GetValues<Objective>())
        {
            var settings = new LearnedSettings
            {
                Objective = objective,
                Threshold = 0.2,
                Weak = new ModelId("haiku"),
            };
            Choice(Snapshot(settings, route: route => route with { Strong = new ModelId("opus") }), hints)
                .ShouldBe(("mini", "learned: the cost limit left only this model -> mini"));
        }
    }

    [Fact]
    public void OnlyModelOfARoute_IsSaidToBeTheOnlyOne() =>
        Choice(Snapshot(models: [A.PoolModel("mini", "small")])).Why.ShouldBe("learned: the only model -> mini");

    [Fact]
    public void Threshold_UsesThePairsOwnEstimate_AndTheCalibratedThreshold()
    {
        var snapshot = Snapshot(
            new LearnedSettings { Objective = Objective.Threshold, Weak = new ModelId("haiku") },
            Router(pair: new FakePair(), threshold: 0.3),
            route => route with { Strong = new ModelId("opus") }
        );
        Choice(snapshot).ShouldBe(("opus", "learned: gain 0.31 >= threshold 0.30 -> opus"));
    }

    [Fact]
    public void Threshold_WithoutItsModels_TakesTheStrongestAndTheCheapest()
    {
        var settings = new LearnedSettings { Objective = Objective.Threshold, Threshold = 0.2 };
        Choice(Snapshot(settings)).Model.ShouldBe("opus");
        Choice(Snapshot(settings with { Threshold = 0.5 })).Model.ShouldBe("mini");
    }

    [Fact]
    public void Tradeoff_WeighsQualityAgainstDollars()
    {
        var cheap = new LearnedSettings { Objective = Objective.Tradeoff, Lambda = 1_000 };
        Choice(Snapshot(cheap)).Model.ShouldBe("mini");
        Choice(Snapshot(cheap with { Lambda = 0 })).Model.ShouldBe("o1");
        Choice(Snapshot(cheap with { Lambda = 50 })).Why.ShouldStartWith("learned: quality 0.88 - 50.00 x $0.0015");
    }

    [Fact]
    public void Utility_FollowsItsSliders()
    {
        var utility = new LearnedSettings { Objective = Objective.Utility };
        Choice(Snapshot(utility with { Prefer = new(1, 0, 0) })).Model.ShouldBe("o1");
        Choice(Snapshot(utility with { Prefer = new(0, 1, 0) })).Model.ShouldBe("mini");
        Choice(Snapshot(utility with { Prefer = new(0.8, 0.2, 0) })).Model.ShouldBe("sonnet");
    }

    [Fact]
    public void Utility_ReadsLiveLatencies()
    {
        var utility = new LearnedSettings { Objective = Objective.Utility, Prefer = new(0, 0, 1) };
        var world = new RoutingWorld(Snapshot(utility));
        foreach (var model in A.UsualModels())
        {
            var seen = model.Id.Value == "sonnet" ? 100 : 900;
            world.Health.Of(new DeploymentId($"p/{model.Id}")).Load.Reply.Observe(TimeSpan.FromMilliseconds(seen));
        }

        world.Plan(A.Asked("hi")).Plan!.Nodes[0].Model.Id.Value.ShouldBe("sonnet");
    }

    [Theory]
    [InlineData("quality", "o1")]
    [InlineData("cost", "mini")]
    public void PreferenceOfTheCaller_MakesItUtility(string prefer, string model) =>
        Choice(Snapshot(), new CallerHints { Prefer = prefer }).Model.ShouldBe(model);

    [Fact]
    public void ExpectedCost_UsesThePredictedLength()
    {
        var trace = Trace(Snapshot());
        var mini = trace.Candidates.Single(one => one.Model.Value == "mini");
        mini.OutputTokens.ShouldBe(100);
        // 100 tokens at $0.60 per million, and a few of the prompt.
        mini.CostUsd.ShouldBeInRange(0.00006, 0.00007);
    }

    [Fact]
    public void Trace_ShowsTheRunnerUp_AndWhatWouldHaveChangedTheChoice()
    {
        var trace = Trace(Snapshot());
        trace.Chosen!.Value.Value.ShouldBe("gpt");
        trace.RunnerUp!.Value.Value.ShouldBe("sonnet");
        trace
            .Changes.Select(change => (change.Setting, change.Above, Math.Round(change.Value, 2), change.Model.Value))
            .ShouldBe([("quality", true, 0.84, "sonnet"), ("quality", false, 0.75, "haiku")]);
        trace.Candidates.ShouldAllBe(one => one.Profile == $"own answers ({one.Model})");
    }

    [Theory]
    [InlineData("threshold")]
    [InlineData("utility")]
    [InlineData("tradeoff")]
    public void Changes_AreTrue(string name)
    {
        var objective = Objectives.Find(name).ShouldNotBeNull();
        var settings = new LearnedSettings { Objective = objective, Threshold = 0.1 };
        foreach (var change in Trace(Snapshot(settings)).Changes)
        {
            var value = change.Value + (change.Above ? 1e-6 : -1e-6);
            var changed = change.Setting switch
            {
                "threshold" => settings with { Threshold = value },
                "lambda" => settings with { Lambda = value },
                _ => settings with { Prefer = Slid(settings.Prefer, value) },
            };
            Choice(Snapshot(changed)).Model.ShouldBe(change.Model.Value);
        }
    }

    [Fact]
    public void WithoutARouter_ItAbstains()
    {
        var snapshot = Snapshot() with { Learned = null };
        Choice(snapshot).Why.ShouldStartWith("heuristic: ");
        Trace(snapshot).Abstained.ShouldBe("no router is loaded");
    }

    [Fact]
    public void RouterThatMustNotDecide_IsNotAsked()
    {
        var router = Router(
            new FakeQuality(("mini", 1)) { Asked = () => throw new InvalidOperationException("asked") }
        );
        var snapshot = Snapshot(router: router, refused: "router hand-made is not proven");
        Choice(snapshot).Why.ShouldStartWith("heuristic: ");
        Trace(snapshot).Abstained.ShouldBe("router hand-made is not proven");
    }

    [Fact]
    public void EncoderThatDidNotAnswer_LeavesTheChoiceToTheNextPolicy_AndWhySaysSo()
    {
        var snapshot = Snapshot();
        var world = new RoutingWorld(snapshot);
        var plan = world
            .Router.Plan(
                A.Asked("hi"),
                snapshot,
                RoutingWorld.Key,
                null,
                new PlanAids
                {
                    Prepared = new PreparedPrompt { Encoder = "e", Failure = "encoder did not answer within 200 ms" },
                }
            )
            .Plan!;
        plan.Policy.ShouldBe("heuristic");
        plan.Why.ShouldEndWith("; learned: encoder did not answer within 200 ms");
    }

    [Fact]
    public void ModelNobodyMeasured_IsNamedInWhy()
    {
        var router = Router(new FakeQuality(("gpt-4o-mini-2024-07-18", 0.7f), ("gpt-4o-2024-08-06", 0.9f)));
        Choice(Snapshot(router: router)).Why.ShouldEndWith(" (profile of gpt-4o-2024-08-06 stands in)");
    }

    [Fact]
    public void Conversation_IsNotMovedToACheaperModelByOneTurn_ButToABetterOneAtOnce()
    {
        var low = new ConversationWorld(ForTalk(0.9f, 0.95f, 0.97f));
        low.Turn("a").Model.ShouldBe("small");
        low.Snapshot = ForTalk(0.2f, 0.9f, 0.95f);
        low.Turn("b", cached: 1_000).Model.ShouldBe("medium");
        low.Snapshot = ForTalk(0.9f, 0.95f, 0.97f);
        var (model, why) = low.Turn("c", cached: 1_000, prompt: 1_000);
        model.ShouldBe("medium");
        why.ShouldContain("; stays with medium: switch would lose $");
    }

    private static RoutingSnapshot ForTalk(float small, float medium, float large) =>
        With(
            ConversationWorld.Cached(route => route with { Policies = [new LearnedPolicy()] }),
            Router(new FakeQuality(("small", small), ("medium", medium), ("large", large)))
        );

    private static CallerHints Bar(double bar) => new() { Quality = new Probability(bar) };

    private static Preference Slid(Preference from, double quality)
    {
        var rest = (1 - quality) / (from.Cost + from.Speed);
        return new Preference(quality, from.Cost * rest, from.Speed * rest);
    }

    private sealed class FakePair : IWinRateEstimator
    {
        public string Name => "pair";

        public string Weak => "haiku";

        public string Strong => "opus";

        public PairEstimate Estimate(PromptScoring prompt) => new(0.31f, 0.1f, IsGain: true);
    }
}
