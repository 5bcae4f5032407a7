using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Balancing;
using Wye.Testing;

namespace Wye.Routing.Plans;

public class RoutePlanValidatorTests
{
    private static readonly Model Known = A.PoolModel("known");
    private static readonly Deployment Served = A.PoolDeployment(Known);
    private static readonly ImmutableArray<Candidate> Candidates =
    [
        new(Known, new Tier(new TierName("small"), 1, [Known.Id]), [Served], null),
    ];

    [Fact]
    public void SoundPlan_HasNoProblem() =>
        Problem(Node(Edge(1), Edge(PlanEnd.BestSoFar)), Node(Edge(2)), Node(Edge(PlanEnd.Deliver))).ShouldBeNull();

    [Fact]
    public void PlanWithoutNodes_IsRefused() => Problem().ShouldBe("The plan has no node.");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-4)]
    public void EdgeThatDoesNotPointForwardOrToAnEnd_IsRefused(int target) =>
        Problem(Node(Edge(target)), Node())
            .ShouldBe($"Node 0 has an edge to {target}; edges point to a later node or an end.");

    [Fact]
    public void TooManyNodes_AreRefused() =>
        Problem([.. Enumerable.Repeat(Node(), 65)]).ShouldBe("The plan has 65 nodes; at most 64 are allowed.");

    [Fact]
    public void TooDeepAPlan_IsRefused() =>
        Problem(Node(Edge(1)), Node(Edge(2)), Node(Edge(3)), Node(Edge(4)), Node())
            .ShouldBe("The plan is 5 nodes deep; at most 4 are allowed.");

    [Fact]
    public void ModelThatIsNoCandidate_IsRefused() =>
        Problem(Node() with { Model = A.PoolModel("other") }).ShouldBe("Node 0 calls other, which is no candidate.");

    [Fact]
    public void DeploymentThatIsNotEligible_IsRefused() =>
        Problem(Node() with { Deployments = [Served, A.PoolDeployment(Known, A.PoolProvider("elsewhere"))] })
            .ShouldBe("Node 0 calls elsewhere/known, which is not eligible.");

    [Fact]
    public void NodeWithoutDeployments_IsRefused() =>
        Problem(Node() with { Deployments = [] }).ShouldBe("Node 0 (known) has no deployment.");

    private static string? Problem(params ImmutableArray<PlanNode> nodes) =>
        RoutePlanValidator.FirstProblem(
            new RoutePlan
            {
                Route = new RouteName("r"),
                Nodes = nodes,
                Policy = "p",
                Why = "w",
                Balancing = new WeightedPolicy(),
            },
            Candidates
        );

    private static PlanNode Node(params ImmutableArray<PlanEdge> edges) =>
        new()
        {
            Model = Known,
            Deployments = [Served],
            Edges = edges,
        };

    private static PlanEdge Edge(int target) => new(EdgeEvent.Failed, target) { Failures = FailureKindSet.General };
}
