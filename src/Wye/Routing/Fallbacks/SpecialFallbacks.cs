using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Fallbacks;

/// <summary>
/// Adds the ways out that general fallbacks do not take: a prompt too long for a model goes to one with a larger context window,
/// a prompt refused by a content policy to a model that the route names for it.
/// </summary>
internal static class SpecialFallbacks
{
    private static readonly FailureKindSet ContextLength = FailureKindSet.Of(FailureKind.ContextLength);
    private static readonly FailureKindSet ContentPolicy = FailureKindSet.Of(FailureKind.ContentPolicy);

    /// <summary>Whether a model may answer any request of the route, and not only those that another one could not take.</summary>
    public static bool IsGeneral(RouteModel route, ModelId id)
    {
        if (
            !route.ContextWindowFallbacks.GetValueOrDefault([]).Contains(id)
            && !route.ContentPolicyFallbacks.Contains(id)
            && !route.Helpers().Contains(id)
        )
        {
            return true;
        }

        foreach (var tier in route.Tiers)
        {
            if (tier.Models.Contains(id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the edges, and behind the chain the nodes that only they lead to.</summary>
    /// <param name="nodes">The chain of general fallbacks; node n falls back to n + 1.</param>
    /// <param name="order">Candidates from the first on, in the order of general fallback.</param>
    /// <param name="route">What it says of these kinds.</param>
    /// <param name="all">Every candidate.</param>
    /// <param name="cap">Cost cap of added nodes; null = none.</param>
    public static void Add(
        List<PlanNode> nodes,
        List<Candidate> order,
        RouteModel route,
        ImmutableArray<Candidate> all,
        Usd? cap
    )
    {
        if (route.Bounds.MaxFailureAttempts < 2 || route.Bounds.MaxUpstreamCalls < 2)
        {
            return;
        }

        var chain = nodes.Count;
        var deepest = Math.Max(PlanDefaults.MaxDepth, route.Bounds.MaxFailureAttempts);
        var larger = route.ContextWindowFallbacks is { } named ? Named(all, named) : order;
        var tolerant = Named(all, route.ContentPolicyFallbacks);
        for (var i = 0; i < chain && i + 2 <= deepest; i++)
        {
            var window = nodes[i].Model.ContextTokens;
            AddEdge(nodes, i, ContextLength, First(nodes, i, larger, window), cap);
            AddEdge(nodes, i, ContentPolicy, First(nodes, i, tolerant, contextAbove: 0), cap);
        }
    }

    private static List<Candidate> Named(ImmutableArray<Candidate> all, ImmutableArray<ModelId> ids)
    {
        List<Candidate> named = [];
        foreach (var id in ids)
        {
            foreach (var candidate in all)
            {
                if (candidate.Model.Id == id)
                {
                    named.Add(candidate);
                }
            }
        }

        return named;
    }

    /// <summary>The first that a walk at <paramref name="from"/> has not passed yet.</summary>
    private static Candidate? First(List<PlanNode> nodes, int from, List<Candidate> candidates, int contextAbove)
    {
        foreach (var candidate in candidates)
        {
            if (
                candidate.Model.ContextTokens > contextAbove
                && nodes.FindIndex(0, from + 1, node => node.Model.Id == candidate.Model.Id) < 0
            )
            {
                return candidate;
            }
        }

        return null;
    }

    private static void AddEdge(List<PlanNode> nodes, int from, FailureKindSet kinds, Candidate? target, Usd? cap)
    {
        if (target is null)
        {
            return;
        }

        var at = nodes.FindIndex(from + 1, node => node.Model.Id == target.Model.Id);
        if (at < 0)
        {
            at = nodes.Count;
            nodes.Add(
                new PlanNode
                {
                    Model = target.Model,
                    Deployments = target.Deployments,
                    ExpectedCost = target.ExpectedCost,
                    CostCap = cap,
                }
            );
        }

        nodes[from] = nodes[from] with
        {
            Edges = nodes[from].Edges.Add(new PlanEdge(EdgeEvent.Failed, at) { Failures = kinds }),
        };
    }
}
