using System.Collections.Immutable;
using Wye.Routing.Balancing;
using Wye.Routing.Selection;
using Wye.Routing.Selection.Learned;

namespace Wye.Routing;

/// <summary>The policies that come with Wye; to add one, write its class and add its line here. All are stateless.</summary>
public static class BuiltInPolicies
{
    /// <summary>Selection policies.</summary>
    public static ImmutableArray<ISelectionPolicy> Selection { get; } =
    [
        new StaticPolicy(),
        new RulesPolicy(),
        new HeuristicPolicy(),
        new LearnedPolicy(),
        new ExplicitPolicy(),
        new CascadePolicy(),
        new JudgeRouterPolicy(),
    ];

    /// <summary>Balancing policies.</summary>
    public static ImmutableArray<IBalancingPolicy> Balancing { get; } =
    [
        new WeightedPolicy(),
        new PriorityPolicy(),
        new LowestLatencyPolicy(),
        new LowestCostPolicy(),
        new LeastBusyPolicy(),
        new RateLimitHeadroomPolicy(),
    ];
}
