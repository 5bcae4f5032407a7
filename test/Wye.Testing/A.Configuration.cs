using Wye.Catalog;
using Wye.Routing;
using Wye.Routing.Plans;

namespace Wye.Testing;

public static partial class A
{
    /// <summary>A registry with the names that configurations refer to; its policies abstain.</summary>
    public static PolicyRegistry Registry(params string[] selection) =>
        new(
            (selection.Length == 0 ? ["static", "rules", "heuristic", "learned"] : selection).Select(
                name => new AbstainingPolicy(name)
            ),
            BuiltInPolicies.Balancing.Select(policy => new KeepingOrder(policy.Name))
        );

    private sealed class AbstainingPolicy(string name) : ISelectionPolicy
    {
        public string Name => name;

        public RoutePlan? Select(SelectionContext context) => null;
    }

    private sealed class KeepingOrder(string name) : IBalancingPolicy
    {
        public string Name => name;

        public void Order(Span<Deployment> deployments, in BalancingContext context) { }
    }
}
