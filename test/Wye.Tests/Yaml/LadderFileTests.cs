using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Ladders;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Yaml;

/// <summary>A budget ladder from the file to what is decided by; broken ones are in <c>Broken/routes.txt</c>.</summary>
public sealed class LadderFileTests
{
    [Fact]
    public void Rungs_AreTakenAsWritten()
    {
        var ladder = Route(
            """
            budget_ladder:
                  - { below: 0.6, tiers: { large: medium, medium: small } }
                  - { below: 0.4, tier: small, priority: low }
                  - { below: 0.1, tier: small, priority: normal }
                budget_pacing: true
                critical_steps: [safety, judge]
            """
        ).Ladder;

        ladder.Paced.ShouldBeTrue();
        ladder.CriticalSteps.ShouldBe([StepKind.Safety, StepKind.Judge], ignoreOrder: true);
        ladder.Rungs.Select(rung => rung.Below).ShouldBe([0.6, 0.4, 0.1]);
        ladder.Rungs[0].Tiers[new TierName("large")].ShouldBe(new TierName("medium"));
        ladder.Rungs[0].Everything.ShouldBeFalse();
        ladder.Rungs[1].Priority.ShouldBe(CallerPriority.Low);
        ladder.Rungs[2].Priority.ShouldBe(CallerPriority.Normal);
        ladder.Rungs[2].Target.ShouldBe(new TierName("small"));
        ladder.Rungs[2].Everything.ShouldBeTrue();
    }

    [Fact]
    public void NothingWritten_IsTheDefault_AndAnEmptyListIsNone()
    {
        Route("quality: 0.5").Ladder.ShouldBe(BudgetLadder.Default);
        Route("budget_ladder: []").Ladder.Rungs.ShouldBeEmpty();
    }

    [Fact]
    public void TheDefault_WrittenOut_LeadsAsTheDefaultDoes()
    {
        var written = Route(
            """
            budget_ladder:
                  - { below: 0.5, tiers: { medium: small } }
                  - { below: 0.5, tier: small, priority: low }
                  - { below: 0.2, tier: small }
            """
        );
        foreach (var left in new[] { 0, 0.19, 0.2, 0.49, 0.5, 1 })
        {
            foreach (var priority in Enum.GetValues<CallerPriority>())
            {
                foreach (var tier in written.Tiers)
                {
                    Down(written.Ladder).ShouldBe(Down(BudgetLadder.Default), $"{left} {priority} {tier.Name}");

                    Catalog.Tier? Down(BudgetLadder ladder) =>
                        ladder.Find(left, priority, StepKind.Chat)?.Replacing(tier, written.Tiers);
                }
            }
        }
    }

    private static RouteModel Route(string yaml)
    {
        var text = $$$"""
            providers: { openai: { key: "${OPENAI_API_KEY}" } }
            tiers:
              - { name: small, models: [gpt-4o-mini] }
              - { name: medium, models: [gpt-4o] }
              - { name: large, models: [o1] }
            routes:
              auto:
                {{{yaml}}}
            """;
        var result = YamlConfigLoader.Load(text, "wye.yaml", TestSources.Usual, A.Registry());
        result.Problems.ShouldBeEmpty();
        return result.Snapshot!.Routing.Routes[new RouteName("auto")];
    }
}
