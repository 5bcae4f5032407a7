using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;

namespace Wye.Routing;

/// <summary>Orders the deployments of one model when an attempt starts; the first one that admits the call takes it.</summary>
public interface IBalancingPolicy
{
    /// <summary>Its name in the configuration (<c>balancing:</c>).</summary>
    string Name { get; }

    /// <summary>Sorts <paramref name="deployments"/> in place, best first; adds and removes nothing.</summary>
    void Order(Span<Deployment> deployments, HealthRegistry health, IRandomSource random);
}
