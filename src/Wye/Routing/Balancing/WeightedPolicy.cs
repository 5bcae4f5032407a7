using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;

namespace Wye.Routing.Balancing;

/// <summary><c>weighted</c>: a random order in which a deployment comes first with a probability in proportion to its weight.</summary>
/// <remarks>
/// Each draws −ln(u) / weight; smallest first (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
/// A weight that is not above 0 comes last.
/// </remarks>
public sealed class WeightedPolicy : IBalancingPolicy
{
    private const int OnStack = 64;

    /// <inheritdoc/>
    public string Name => "weighted";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, HealthRegistry health, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (deployments.Length < 2)
        {
            return;
        }

        var keys =
            deployments.Length <= OnStack ? stackalloc double[deployments.Length] : new double[deployments.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var weight = deployments[i].Weight;
            keys[i] = weight > 0 ? -Math.Log(1 - random.NextDouble()) / weight : double.PositiveInfinity;
        }

        keys.Sort(deployments);
    }
}
