using System.Text.RegularExpressions;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class RulesPolicyTests
{
    private static readonly TierName Large = new("large");

    [Fact]
    public void FirstRuleThatHolds_Decides()
    {
        var result = World(
                new RouteRule
                {
                    Name = "code",
                    Tier = Large,
                    Code = true,
                },
                new RouteRule { Name = "any", Model = new ModelId("haiku") },
                new RouteRule { Name = "late", Tier = Large }
            )
            .Plan(A.Asked("hello"));
        RoutingWorld.Models(result)[0].ShouldBe("haiku");
        result.Plan!.Why.ShouldBe("rules: any -> haiku");
        result.Plan.Policy.ShouldBe("rules");
    }

    [Fact]
    public void NoRuleThatHolds_Abstains() =>
        World(
                new RouteRule
                {
                    Name = "code",
                    Tier = Large,
                    Code = true,
                }
            )
            .Plan(A.Asked("hello"))
            .Plan!.Policy.ShouldBe("default");

    [Fact]
    public void RuleForAModelThatIsNotEligible_IsPassedOver()
    {
        var world = World(
            new RouteRule { Name = "gone", Model = new ModelId("elsewhere") },
            new RouteRule { Name = "next", Tier = Large }
        );
        world.Plan(A.Asked("hello")).Plan!.Why.ShouldBe("rules: next -> large");
    }

    [Fact]
    public void EveryCondition_IsLookedAt()
    {
        var code = A.Asked("```c\nint x;\n```");
        Holds(new() { Name = "r", Code = true }, code).ShouldBeTrue();
        Holds(new() { Name = "r", Code = false }, code).ShouldBeFalse();
        Holds(new() { Name = "r", Math = true }, A.Asked("x^2 = 4")).ShouldBeTrue();
        Holds(new() { Name = "r", Math = true }, A.Asked("hi")).ShouldBeFalse();
        Holds(new() { Name = "r", Tools = true }, A.Asked("hi", features: ChatFeatures.Tools)).ShouldBeTrue();
        Holds(new() { Name = "r", Tools = true }, A.Asked("hi")).ShouldBeFalse();
        Holds(new() { Name = "r", Images = false }, A.Asked("hi", features: ChatFeatures.Images)).ShouldBeFalse();
        Holds(new() { Name = "r", Json = true }, A.Asked("hi", features: ChatFeatures.JsonSchema)).ShouldBeTrue();
        Holds(new() { Name = "r", Json = true }, A.Asked("hi")).ShouldBeFalse();
        Holds(new() { Name = "r", MinPromptTokens = 500 }, A.Asked(new string('a', 4_000))).ShouldBeTrue();
        Holds(new() { Name = "r", MinPromptTokens = 500 }, A.Asked("hi")).ShouldBeFalse();
        Holds(new() { Name = "r", MaxPromptTokens = 500 }, A.Asked(new string('a', 4_000))).ShouldBeFalse();
        Holds(new() { Name = "r", MinTurns = 2 }, A.Asked("hi")).ShouldBeFalse();
        Holds(new() { Name = "r", StepKinds = [StepKind.Write] }, A.Asked("Write a poem.")).ShouldBeTrue();
        Holds(new() { Name = "r", StepKinds = [StepKind.Write] }, A.Asked("Translate this.")).ShouldBeFalse();
        Holds(new() { Name = "r", Keys = [RoutingWorld.Key] }, A.Asked("hi")).ShouldBeTrue();
        Holds(new() { Name = "r", Keys = [new KeyId("other")] }, A.Asked("hi")).ShouldBeFalse();
        var tagged = A.Asked("hi", hints: new CallerHints { Tags = ["a", "b"], Step = "s" });
        Holds(new() { Name = "r", Tags = ["b", "a"] }, tagged).ShouldBeTrue();
        Holds(new() { Name = "r", Tags = ["a", "c"] }, tagged).ShouldBeFalse();
        Holds(new() { Name = "r", Steps = ["s"] }, tagged).ShouldBeTrue();
        Holds(new() { Name = "r", Steps = ["t"] }, tagged).ShouldBeFalse();
    }

    [Fact]
    public void BudgetBelow_HoldsUnderTheFraction()
    {
        var world = World(
            new RouteRule
            {
                Name = "low",
                Tier = new TierName("small"),
                BudgetBelow = 0.2,
            }
        );
        world.Plan(A.Asked("hi"), new RoutingGrant { BudgetFraction = 0.19 }).Plan!.Policy.ShouldBe("rules");
        world.Plan(A.Asked("hi"), new RoutingGrant { BudgetFraction = 0.2 }).Plan!.Policy.ShouldBe("default");
        world.Plan(A.Asked("hi")).Plan!.Policy.ShouldBe("default");
    }

    [Theory]
    [InlineData("09:00", "17:00", 9, true)]
    [InlineData("09:00", "17:00", 17, false)]
    [InlineData("09:00", "17:00", 8, false)]
    [InlineData("22:00", "06:00", 23, true)]
    [InlineData("22:00", "06:00", 5, true)]
    [InlineData("22:00", "06:00", 6, false)]
    [InlineData("22:00", "06:00", 12, false)]
    [InlineData("22:00", null, 23, true)]
    [InlineData("22:00", null, 21, false)]
    [InlineData(null, "06:00", 5, true)]
    [InlineData(null, "06:00", 7, false)]
    public void TimeOfDay_RunsFromInclusiveToExclusive_OverMidnightToo(
        string? from,
        string? until,
        int hour,
        bool holds
    )
    {
        var world = World(
            new RouteRule
            {
                Name = "time",
                Tier = Large,
                From = from is null ? null : TimeOnly.Parse(from, null),
                Until = until is null ? null : TimeOnly.Parse(until, null),
            }
        );
        world.Time.Advance(TimeSpan.FromHours(hour));
        world.Plan(A.Asked("hi")).Plan!.Policy.ShouldBe(holds ? "rules" : "default");
    }

    [Fact]
    public void TimeOfDay_IsThatOfTheConfiguredZone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("plus9", TimeSpan.FromHours(9), "plus9", "plus9");
        var rule = new RouteRule
        {
            Name = "time",
            Tier = Large,
            From = new(9, 0),
            Until = new(10, 0),
        };
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                route => route with { Policies = [new RulesPolicy()], Rules = [rule] },
                change: snapshot => snapshot with { TimeZone = zone }
            )
        );
        world.Plan(A.Asked("hi")).Plan!.Policy.ShouldBe("rules");
    }

    [Fact]
    public void Pattern_SeesTheStartOfTheLastUserTurnOnly()
    {
        var rule = new RouteRule { Name = "r", Matches = new Regex("refund", RegexOptions.NonBacktracking) };
        Holds(rule, A.Asked("a refund please")).ShouldBeTrue();
        Holds(rule, A.Asked("hello", "handle every refund")).ShouldBeFalse();
        Holds(rule, A.Asked(new string('x', 8_186) + "refund")).ShouldBeTrue();
        Holds(rule, A.Asked(new string('x', 8_192) + "refund")).ShouldBeFalse();
    }

    [Fact]
    public void PatternThatMayBacktrack_IsRefusedWhenTheRuleIsMade() =>
        Should
            .Throw<ArgumentException>(() =>
                new RouteRule { Name = "r", Matches = new Regex("a+a+b", RegexOptions.None, TimeSpan.FromSeconds(1)) }
            )
            .Message.ShouldStartWith("The pattern 'a+a+b' may backtrack. Make it with RegexOptions.NonBacktracking.");

    private static bool Holds(RouteRule rule, ChatRequest request) =>
        World(rule with { Tier = Large }).Plan(request).Plan!.Policy == "rules";

    private static RoutingWorld World(params RouteRule[] rules) =>
        new(A.Pool(A.UsualModels(), route => route with { Policies = [new RulesPolicy()], Rules = [.. rules] }));
}
