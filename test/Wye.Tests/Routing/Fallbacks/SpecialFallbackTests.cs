using System.Collections.Immutable;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Fallbacks;

/// <summary>Ways out for prompts that are too long or refused: context-window and content-policy fallbacks.</summary>
public class SpecialFallbackTests
{
    private static RoutingWorld World(Func<RouteModel, RouteModel> route) => new(A.Pool(A.UsualModels(), route));

    /// <summary>The model that a plan's edge for a failure leads to from a node; null = the plan ends there.</summary>
    private static string? After(RoutePlan plan, int node, FailureKind kind)
    {
        foreach (var edge in plan.Nodes[node].Edges)
        {
            if (edge.On == EdgeEvent.Failed && edge.Failures.Contains(kind))
            {
                return plan.Nodes[edge.Target].Model.Id.Value;
            }
        }

        return null;
    }

    private static RoutePlan PlanOf(RoutingWorld world, string? model = null)
    {
        var result = world.Plan(A.Asked("hi", model: model ?? "auto"));
        RoutePlanValidator.FirstProblem(result.Plan!, result.Candidates).ShouldBeNull();
        return result.Plan!;
    }

    [Fact]
    public void ByDefault_APromptTooLong_GoesToTheNextFallbackWithALargerWindow()
    {
        var plan = PlanOf(World(route => route with { Fallbacks = [new("mini"), new("haiku"), new("opus")] }));
        RoutingWorld.Models(World(route => route).Plan(A.Asked("hi")))[0].ShouldBe("gpt");
        plan.Nodes.Select(node => node.Model.Id.Value).ShouldBe(["gpt", "mini", "haiku"]);
        After(plan, 0, FailureKind.ContextLength).ShouldBe("haiku", "mini's window is no larger");
        After(plan, 0, FailureKind.ServerError).ShouldBe("mini");
        After(plan, 1, FailureKind.ContextLength).ShouldBe("haiku");
        After(plan, 2, FailureKind.ContextLength).ShouldBeNull("none is larger");
        After(plan, 0, FailureKind.ContentPolicy).ShouldBeNull("nobody asked for it");
    }

    [Fact]
    public void AModelBeyondTheChain_IsReachedByThatEdgeAlone()
    {
        var plan = PlanOf(
            World(route =>
                route with
                {
                    Fallbacks = [new("mini")],
                    ContextWindowFallbacks = [new("mini"), new("opus")],
                    ContentPolicyFallbacks = [new("sonnet")],
                }
            )
        );
        plan.Nodes.Select(node => node.Model.Id.Value).ShouldBe(["gpt", "mini", "opus", "sonnet"]);
        After(plan, 0, FailureKind.ContextLength).ShouldBe("opus");
        After(plan, 1, FailureKind.ContextLength).ShouldBe("opus");
        After(plan, 0, FailureKind.ContentPolicy).ShouldBe("sonnet");
        After(plan, 1, FailureKind.ServerError).ShouldBeNull();
    }

    [Fact]
    public void AnEmptyList_SwitchesItOff()
    {
        var plan = PlanOf(World(route => route with { ContextWindowFallbacks = [] }));
        After(plan, 0, FailureKind.ContextLength).ShouldBeNull();
    }

    [Fact]
    public void ModelsOutsideTheTiers_TakeOnlyWhatTheyAreNamedFor()
    {
        var world = World(route =>
            route with
            {
                Tiers = [route.Tiers[1]],
                ContextWindowFallbacks = [new("opus")],
                ContentPolicyFallbacks = [new("haiku")],
            }
        );
        var plan = PlanOf(world);
        plan.Nodes.Select(node => node.Model.Id.Value).ShouldBe(["gpt", "sonnet", "opus", "haiku"]);
        After(plan, 1, FailureKind.ServerError).ShouldBeNull("neither is a general fallback");
    }

    [Fact]
    public void ARouteThatAllowsOneCall_HasNoWayOut()
    {
        var one = World(route =>
            route with
            {
                Bounds = new PlanBounds { MaxFailureAttempts = 1 },
                ContentPolicyFallbacks = [new("opus")],
            }
        );
        PlanOf(one).Nodes.Length.ShouldBe(1);
    }

    [Fact]
    public void AnyRoute_GivesAPlanThatTheValidatorTakes()
    {
        ImmutableArray<ModelId> some = [new("o1"), new("opus"), new("haiku"), new("mini"), new("sonnet")];
        foreach (var attempts in Enumerable.Range(1, 8))
        {
            foreach (var asked in new[] { "auto", "gpt", "haiku", "o1" })
            {
                PlanOf(
                    World(route =>
                        route with
                        {
                            Bounds = new PlanBounds { MaxFailureAttempts = attempts },
                            ContextWindowFallbacks = attempts % 2 == 0 ? null : some,
                            ContentPolicyFallbacks = some,
                        }
                    ),
                    asked
                );
            }
        }
    }
}
