using Wye.Routing.Plans;

namespace Wye.Routing;

/// <summary>A named decision rule: given the eligible candidates, it writes a plan or abstains. Thread-safe, without waiting.</summary>
public interface ISelectionPolicy
{
    /// <summary>Its name in the configuration (<c>policy:</c>, <c>policies:</c>).</summary>
    string Name { get; }

    /// <summary>A plan over candidates of <paramref name="context"/> only; null = abstain, the next policy is asked.</summary>
    RoutePlan? Select(SelectionContext context);
}
