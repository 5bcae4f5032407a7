using Wye.Chat;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>Refuses, before anything is called, a plan that delivery cannot walk as it is written.</summary>
internal static class PlanCheck
{
    /// <summary>What is wrong with the plan; null = nothing.</summary>
    public static ChatError? Find(RoutePlan plan, IGateKeeper? gates)
    {
        if (plan.Nodes.IsDefaultOrEmpty)
        {
            return Wrong("The plan has no node.");
        }

        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (Find(plan.Nodes[i], i, plan.Nodes.Length, gates) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    /// <summary>Whether a streamed answer of the node is held back to its end.</summary>
    public static bool MustSeeWhole(PlanNode node)
    {
        if (node.Gate is not null || node.Kind != CallKind.Answer)
        {
            return true;
        }

        foreach (var edge in node.Edges)
        {
            if (edge.On == EdgeEvent.Passed && edge.Target != PlanEnd.Deliver)
            {
                return true;
            }
        }

        return false;
    }

    private static ChatError? Find(PlanNode node, int at, int count, IGateKeeper? gates)
    {
        if (node.HedgeAfter is not null)
        {
            return Wrong($"Plan node {at} asks for hedging, which is not built yet. Leave hedge_after out.");
        }

        if (node.Kind == CallKind.Judge && node.Gate is null)
        {
            return Wrong($"Plan node {at} is a judge without a gate that asks it. Name the gate.");
        }

        if (node.Gate is { } gate && gates?.Knows(gate) != true)
        {
            return Wrong($"Plan node {at} names the gate '{gate}', which is not known. Define it or leave it out.");
        }

        foreach (var edge in node.Edges)
        {
            if (edge.Target < PlanEnd.Refuse || (edge.Target >= 0 && edge.Target <= at) || edge.Target >= count)
            {
                return Wrong($"An edge of plan node {at} leads to {edge.Target}; edges lead forward or to an end.");
            }
        }

        return null;
    }

    private static ChatError Wrong(string message) => new(FailureKind.Internal, message) { Code = "plan_invalid" };
}
