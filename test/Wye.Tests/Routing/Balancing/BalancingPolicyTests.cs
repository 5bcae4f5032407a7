using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Testing;

namespace Wye.Routing.Balancing;

public class BalancingPolicyTests
{
    private const int Draws = 20_000;
    private static readonly Model Model = A.PoolModel("m");

    [Fact]
    public void Weighted_PutsADeploymentFirstInProportionToItsWeight()
    {
        var firsts = Firsts(new WeightedPolicy(), ("a", 3, 0), ("b", 1, 0), ("c", 1, 0));

        // Four standard deviations of a binomial share at 20,000 draws are below 0.014.
        ((double)firsts["a"] / Draws).ShouldBe(0.6, 0.014);
        ((double)firsts["b"] / Draws).ShouldBe(0.2, 0.014);
    }

    [Fact]
    public void Weighted_PutsNonPositiveWeightsLast()
    {
        var firsts = Firsts(new WeightedPolicy(), ("a", 0, 0), ("b", 0.001, 0), ("c", double.NaN, 0));
        firsts.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("b", Draws));
    }

    [Fact]
    public void Weighted_RepeatsForTheSameSeed()
    {
        var deployments = Deployments(("a", 1, 0), ("b", 1, 0), ("c", 1, 0), ("d", 1, 0));
        Ordered(new WeightedPolicy(), deployments, 5).ShouldBe(Ordered(new WeightedPolicy(), deployments, 5));
    }

    [Fact]
    public void Priority_KeepsTheOrder_AndWeighsEquals()
    {
        var firsts = Firsts(new PriorityPolicy(), ("late", 100, 2), ("a", 3, 1), ("b", 1, 1));
        firsts.ContainsKey("late").ShouldBeFalse();
        ((double)firsts["a"] / Draws).ShouldBe(0.75, 0.014);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void EveryPolicy_AddsAndRemovesNothing(int count)
    {
        var deployments = Deployments([.. Enumerable.Range(0, count).Select(i => ($"d{i}", (double)(i % 3), i % 5))]);
        foreach (var policy in BuiltInPolicies.Balancing)
        {
            var ordered = Ordered(policy, deployments, 3);
            ordered.ShouldBe(deployments, ignoreOrder: true);
            if (policy is PriorityPolicy)
            {
                ordered.Select(deployment => deployment.Order).ShouldBeInOrder();
            }
        }
    }

    private static Dictionary<string, int> Firsts(IBalancingPolicy policy, params (string, double, int)[] described)
    {
        var deployments = Deployments(described);
        var random = new SeededRandomSource(11);
        var health = NoHealth();
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Draws; i++)
        {
            Deployment[] copy = [.. deployments];
            policy.Order(copy, new BalancingContext { Health = health, Random = random });
            var first = copy[0].UpstreamName;
            firsts[first] = firsts.GetValueOrDefault(first) + 1;
        }

        return firsts;
    }

    private static Deployment[] Ordered(IBalancingPolicy policy, Deployment[] deployments, int seed)
    {
        Deployment[] copy = [.. deployments];
        policy.Order(copy, new BalancingContext { Health = NoHealth(), Random = new SeededRandomSource(seed) });
        return copy;
    }

    private static HealthRegistry NoHealth() => new(new ManualTime(), new HealthOptions(), new SeededRandomSource(1));

    private static Deployment[] Deployments(params (string Name, double Weight, int Order)[] described) =>
        [
            .. described.Select(one =>
                A.PoolDeployment(Model) with
                {
                    Id = new DeploymentId(one.Name),
                    UpstreamName = one.Name,
                    Weight = one.Weight,
                    Order = one.Order,
                }
            ),
        ];
}
