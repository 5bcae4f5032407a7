using Wye.Catalog;

namespace Wye.Routing.Balancing;

/// <summary>The yardstick: each in turn.</summary>
internal sealed class RoundRobin : IBalancingPolicy
{
    private int _next;

    public string Name => "round-robin";

    public void Order(Span<Deployment> deployments, in BalancingContext context)
    {
        var first = _next++ % deployments.Length;
        (deployments[0], deployments[first]) = (deployments[first], deployments[0]);
    }
}
