using Wye.Catalog;

namespace Wye.Routing;

/// <summary>Orders the deployments of one model when an attempt starts; the first one that admits the call takes it.</summary>
/// <remarks>Thread-safe, without waiting. What cools down, is full or is at a stated limit is passed over by delivery.</remarks>
public interface IBalancingPolicy
{
    /// <summary>Its name in the configuration (<c>balancing:</c>).</summary>
    string Name { get; }

    /// <summary>Sorts <paramref name="deployments"/> in place, best first; adds and removes nothing.</summary>
    /// <param name="deployments">At least two of one model.</param>
    /// <param name="context">The request and the live state; <see cref="BalancingContext.Hold"/> keeps conversations where they are.</param>
    void Order(Span<Deployment> deployments, in BalancingContext context);
}
