using Wye.Chat;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>Refuses, before anything is called, a plan that delivery cannot walk as it is written.</summary>
internal static class PlanCheck
{
    /// <summary>What is wrong with the plan; null = nothing.</summary>
    public static ChatError? Find(RoutePlan plan, bool stream, IGateKeeper? gates)
    {
        if (plan.Nodes.IsDefaultOrEmpty)
        {
            return Wrong("The plan has no node.");
        }

        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (Find(plan.Nodes[i], i, plan.Nodes.Length, stream, gates) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static ChatError? Find(PlanNode node, int at, int count, bool stream, IGateKeeper? gates)
    {
        if (node.HedgeAfter is not null)
        {
            return Wrong($"Plan node {at} asks for hedging, which is not built yet. Leave hedge_after out.");
        }

        if (node.Kind is CallKind.Judge or CallKind.Sample)
        {
            return Wrong($"Plan node {at} is a {node.Kind} call, which is not built yet.");
        }

        if (node.Gate is { } gate && gates?.Knows(gate) != true)
        {
            return Wrong($"Plan node {at} names the gate '{gate}', which is not known. Define it or leave it out.");
        }

        if (stream && (node.Gate is not null || node.Kind != CallKind.Answer))
        {
            return Wrong($"Plan node {at} must see the whole answer, but the request streams. Ask without stream.");
        }

        foreach (var edge in node.Edges)
        {
            if (edge.Target < PlanEnd.Refuse || (edge.Target >= 0 && edge.Target <= at) || edge.Target >= count)
            {
                return Wrong($"An edge of plan node {at} leads to {edge.Target}; edges lead forward or to an end.");
            }

            if (stream && edge.On == EdgeEvent.Passed && edge.Target != PlanEnd.Deliver)
            {
                return Wrong($"Plan node {at} goes on after an answer that is streamed already.");
            }
        }

        return null;
    }

    private static ChatError Wrong(string message) => new(FailureKind.Internal, message) { Code = "plan_invalid" };
}
