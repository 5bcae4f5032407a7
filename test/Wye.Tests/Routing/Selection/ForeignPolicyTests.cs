using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class ForeignPolicyTests
{
    [Fact]
    public void ForeignPolicy_IsRegisteredInOneLineAndDecides()
    {
        var registry = new PolicyRegistry(
            [.. BuiltInPolicies.Selection, new LongestNamePolicy()],
            BuiltInPolicies.Balancing
        );
        var policy = registry.FindSelection("longest-name")!;
        var world = new RoutingWorld(A.Pool(A.UsualModels(), route => route with { Policies = [policy] }));
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Models(result)[0].ShouldBe("sonnet");
        result.Plan!.Policy.ShouldBe("longest-name");
    }

    [Fact]
    public void PoliciesThatAbstain_LeaveTheChoiceToTheNext_AndThenToTheTierDefault()
    {
        var abstains = new ScriptedPolicy("a", _ => null);
        var second = World(abstains, new LongestNamePolicy()).Plan(A.Asked("hi"));
        second.Plan!.Policy.ShouldBe("longest-name");
        var none = World(abstains).Plan(A.Asked("Summarize this: a b c"));
        none.Plan!.Policy.ShouldBe("default");
        none.Plan.Why.ShouldBe("default: summarize by verb \"summarize\" -> small");
    }

    [Fact]
    public void PolicyThatThrows_DoesNotFailTheRequest_AndWhyTells()
    {
        var result = World(new ScriptedPolicy("broken", _ => throw new InvalidOperationException()))
            .Plan(A.Asked("hi"));
        result.Plan!.Policy.ShouldBe("default");
        result.Plan.Why.ShouldEndWith(" (broken failed)");
    }

    [Fact]
    public void PlanOverAModelThatIsNoCandidate_IsNotFollowed()
    {
        var outsider = A.PoolModel("outsider");
        var result = World(
                new ScriptedPolicy(
                    "rogue",
                    context => new RoutePlan
                    {
                        Route = context.Route.Name,
                        Policy = "rogue",
                        Why = "rogue",
                        Balancing = context.Route.Balancing,
                        Nodes = [new PlanNode { Model = outsider, Deployments = [A.PoolDeployment(outsider)] }],
                    }
                )
            )
            .Plan(A.Asked("hi"));
        result.Plan!.Policy.ShouldBe("default");
        result.Plan.Why.ShouldEndWith(" (rogue wrote an invalid plan)");
    }

    [Fact]
    public void PlanWriter_RefusesWhatIsNoCandidate()
    {
        ArgumentException? thrown = null;
        var policy = new ScriptedPolicy(
            "strange",
            context =>
            {
                var strange = context.Candidates[0] with { ExpectedCost = null };
                thrown = Should.Throw<ArgumentException>(() => PlanWriter.Answer(context, strange, "strange", "why"));
                return null;
            }
        );
        World(policy).Plan(A.Asked("hi"));
        thrown!.Message.ShouldStartWith("'haiku' is no candidate of this request.");
    }

    [Fact]
    public void TwoPoliciesOfOneName_AreRefusedAtStart() =>
        Should
            .Throw<ArgumentException>(() => new PolicyRegistry([new StaticPolicy(), new StaticPolicy()], []))
            .Message.ShouldStartWith("Two selection policies are named 'static'. Give one of them another name.");

    private static RoutingWorld World(params ISelectionPolicy[] policies) =>
        new(A.Pool(A.UsualModels(), route => route with { Policies = [.. policies] }));

    private sealed class ScriptedPolicy(string name, Func<SelectionContext, RoutePlan?> select) : ISelectionPolicy
    {
        public string Name => name;

        public RoutePlan? Select(SelectionContext context) => select(context);
    }
}
