using System.Collections.Immutable;

namespace Wye.Routing.Plans;

/// <summary>Checks that a plan keeps the promises delivery relies on: finite, forward, bounded, over candidates only.</summary>
public static class RoutePlanValidator
{
    /// <summary>The first promise a plan breaks, in one sentence; null = it keeps all.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="candidates">What it may call.</param>
    public static string? FirstProblem(RoutePlan plan, ImmutableArray<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var nodes = plan.Nodes;
        if (nodes.IsDefaultOrEmpty)
        {
            return "The plan has no node.";
        }

        if (nodes.Length > PlanDefaults.MaxNodes)
        {
            return $"The plan has {nodes.Length} nodes; at most {PlanDefaults.MaxNodes} are allowed.";
        }

        Span<int> depths = stackalloc int[PlanDefaults.MaxNodes];
        depths.Clear();
        var deepest = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (NodeProblem(nodes[i], i, candidates) is { } problem)
            {
                return problem;
            }

            deepest = Math.Max(deepest, depths[i] + 1);
            foreach (var edge in nodes[i].Edges)
            {
                if (
                    edge.Target >= nodes.Length
                    || edge.Target < PlanEnd.Refuse
                    || (edge.Target >= 0 && edge.Target <= i)
                )
                {
                    return $"Node {i} has an edge to {edge.Target}; edges point to a later node or an end.";
                }

                if (edge.Target >= 0)
                {
                    // A node that is left for money was not called.
                    var called = edge.On == EdgeEvent.Unaffordable ? 0 : 1;
                    depths[edge.Target] = Math.Max(depths[edge.Target], depths[i] + called);
                }
            }
        }

        // Stages with their judges and samples are bounded by the calls of the request.
        var allowed = Math.Max(
            PlanDefaults.MaxDepth,
            Math.Max(
                plan.Bounds.MaxFailureAttempts,
                nodes[0].Kind == CallKind.Answer && nodes[0].Gate is null ? 0 : plan.Bounds.MaxUpstreamCalls
            )
        );
        return deepest > allowed ? $"The plan is {deepest} nodes deep; at most {allowed} are allowed." : null;
    }

    private static string? NodeProblem(PlanNode node, int index, ImmutableArray<Candidate> candidates)
    {
        if (node.Deployments.IsDefaultOrEmpty)
        {
            return $"Node {index} ({node.Model.Id}) has no deployment.";
        }

        foreach (var candidate in candidates)
        {
            if (candidate.Model.Id != node.Model.Id)
            {
                continue;
            }

            if (candidate.Deployments == node.Deployments)
            {
                return null;
            }

            foreach (var deployment in node.Deployments)
            {
                if (!candidate.Deployments.Contains(deployment))
                {
                    return $"Node {index} calls {deployment.Id}, which is not eligible.";
                }
            }

            return null;
        }

        return $"Node {index} calls {node.Model.Id}, which is no candidate.";
    }
}
