using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class HeuristicPolicyTests
{
    [Theory]
    [InlineData("What is the capital of Peru?", "small")]
    [InlineData("Classify this as spam or ham: win a prize", "small")]
    [InlineData("Write a blog post about tea.", "medium")]
    [InlineData("Design a system that ingests a million events per second.", "large")]
    public void Difficulty_LeadsToATier(string text, string tier) => Tier(A.Asked(text)).ShouldBe(tier);

    [Fact]
    public void Why_ShowsTheBiggestContributionsInOrder()
    {
        var why = World().Plan(A.Asked("Solve x^2 = 4.\n```c\nint x;\n```", features: ChatFeatures.Tools)).Plan!.Why;
        why.ShouldBe("heuristic: difficulty 0.80 (reason +0.65, code +0.10, tools +0.05) -> large");
    }

    [Fact]
    public void Points_AddUpAsDocumented()
    {
        Difficulty(A.Asked("hi")).ShouldBe("0.10");
        Difficulty(A.Asked("hi", hints: new CallerHints { StepKind = StepKind.Chat })).ShouldBe("0.25");
        Difficulty(A.Asked("hi", features: ChatFeatures.Reasoning)).ShouldBe("0.30");
        Difficulty(A.Asked("hi", features: ChatFeatures.Images)).ShouldBe("0.20");
        Difficulty(A.Asked(new string('a', 40_000))).ShouldBe("0.30");
    }

    [Fact]
    public void Preference_MovesTheDifficultyBothWays()
    {
        var text = "Write a blog post about tea.";
        Tier(A.Asked(text, hints: new CallerHints { Prefer = "cost" })).ShouldBe("small");
        Tier(A.Asked(text, hints: new CallerHints { Prefer = "speed" })).ShouldBe("small");
        Difficulty(A.Asked(text, hints: new CallerHints { Prefer = "quality" })).ShouldBe("0.55");
        Difficulty(A.Asked(text, hints: new CallerHints { Prefer = "else" })).ShouldBe("0.40");
    }

    [Fact]
    public void QualityBar_OfTheCallerStandsBeforeTheRoutes()
    {
        var text = "Write a blog post about tea.";
        Difficulty(A.Asked(text), new Probability(1)).ShouldBe("0.50");
        Difficulty(A.Asked(text, hints: new CallerHints { Quality = new Probability(0.6) }), new Probability(1))
            .ShouldBe("0.30");
    }

    [Theory]
    [InlineData(0.0, 1, 0)]
    [InlineData(1.0, 1, 0)]
    [InlineData(0.34, 2, 0)]
    [InlineData(0.35, 2, 1)]
    [InlineData(0.34, 3, 0)]
    [InlineData(0.35, 3, 1)]
    [InlineData(0.64, 3, 1)]
    [InlineData(0.65, 3, 2)]
    [InlineData(0.5, 4, 2)]
    [InlineData(1.0, 6, 5)]
    public void Thresholds_SplitTheScaleAmongTheTiers(double difficulty, int tiers, int index) =>
        HeuristicPolicy.TierIndex(difficulty, tiers).ShouldBe(index);

    private static string Tier(ChatRequest request) => World().Plan(request).Plan!.Nodes[0].Model.Tier.Value;

    private static string Difficulty(ChatRequest request, Probability? bar = null) =>
        World(bar).Plan(request).Plan!.Why.Split(' ')[2];

    private static RoutingWorld World(Probability? bar = null) =>
        new(A.Pool(A.UsualModels(), route => route with { Policies = [new HeuristicPolicy()], Quality = bar }));
}
