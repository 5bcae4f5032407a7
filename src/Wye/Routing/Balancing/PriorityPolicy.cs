using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;

namespace Wye.Routing.Balancing;

/// <summary><c>priority</c>: lower <see cref="Deployment.Order"/> first; of equal order by weight, as <c>weighted</c>.</summary>
public sealed class PriorityPolicy : IBalancingPolicy
{
    private readonly WeightedPolicy _weighted = new();

    /// <inheritdoc/>
    public string Name => "priority";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, HealthRegistry health, IRandomSource random)
    {
        _weighted.Order(deployments, health, random);

        // Insertion keeps the weighted order among equals; a model has few deployments.
        for (var i = 1; i < deployments.Length; i++)
        {
            var moving = deployments[i];
            var at = i;
            for (; at > 0 && deployments[at - 1].Order > moving.Order; at--)
            {
                deployments[at] = deployments[at - 1];
            }

            deployments[at] = moving;
        }
    }
}
