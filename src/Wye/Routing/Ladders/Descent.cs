using System.Collections.Immutable;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Ladders;

/// <summary>
/// Degrade before refuse: the ways from a chain of fallbacks down to cheaper models, for a call that the money does not reach for.
/// </summary>
internal static class Descent
{
    // The next cheaper ones, and the cheapest of all as the last.
    private const int Most = 8;

    /// <summary>Whether a request may be answered by a cheaper model than the one chosen, because of money.</summary>
    /// <remarks>Never: a model that the caller named, a critical request or step, a route that has no ladder.</remarks>
    public static bool IsAllowed(SelectionContext context) =>
        context.Asked is null && !context.Route.Ladder.Rungs.IsEmpty && !IsCritical(context);

    /// <summary>Whether a request is refused rather than answered by less than was chosen.</summary>
    public static bool IsCritical(SelectionContext context) =>
        context.Route.Ladder.IsCritical(context.Request.Hints.Priority, context.Signals.StepKind);

    /// <summary>Adds an <c>unaffordable</c> edge to each node of the chain, and behind all nodes those that these lead to.</summary>
    /// <param name="nodes">The chain, then nodes that only other failures lead to.</param>
    /// <param name="chain">How many nodes the chain has.</param>
    /// <param name="candidates">Whom the policy chose among.</param>
    /// <param name="cap">Cost cap of added nodes; null = none.</param>
    /// <param name="bounds">Of the route.</param>
    public static void Add(
        List<PlanNode> nodes,
        int chain,
        ImmutableArray<Candidate> candidates,
        Usd? cap,
        PlanBounds bounds
    )
    {
        var cheaper = Cheaper(candidates, nodes[0]);
        if (cheaper.Count == 0)
        {
            return;
        }

        var start = nodes.Count;
        for (var i = 0; i < chain; i++)
        {
            var target = cheaper.FindIndex(candidate =>
                candidate.ExpectedCost < CostOf(nodes[i])
                && nodes.FindIndex(0, i + 1, node => node.Model.Id == candidate.Model.Id) < 0
            );
            if (target >= 0)
            {
                nodes[i] = nodes[i] with
                {
                    Edges = nodes[i].Edges.Add(new PlanEdge(EdgeEvent.Unaffordable, start + target)),
                };
            }
        }

        // A node that is left for money was not called: only failures make a walk deeper.
        var deepest = Math.Max(PlanDefaults.MaxDepth, bounds.MaxFailureAttempts);
        for (var (i, depth) = (0, chain); i < cheaper.Count; i++, depth++)
        {
            nodes.Add(
                new PlanNode
                {
                    Model = cheaper[i].Model,
                    Deployments = cheaper[i].Deployments,
                    ExpectedCost = cheaper[i].ExpectedCost,
                    CostCap = cap,
                    Edges = i + 1 < cheaper.Count ? Down(start + i + 1, mayFail: depth < deepest) : [],
                }
            );
        }
    }

    // The dearest first; a price that is not known is dearer than any.
    private static List<Candidate> Cheaper(ImmutableArray<Candidate> candidates, PlanNode chosen)
    {
        var cheaper = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            if (candidate.ExpectedCost < CostOf(chosen))
            {
                cheaper.Add(candidate);
            }
        }

        cheaper.Sort((one, other) => CostOf(other).CompareTo(CostOf(one)));
        if (cheaper.Count > Most)
        {
            cheaper.RemoveRange(Most - 1, cheaper.Count - Most);
        }

        return cheaper;
    }

    private static ImmutableArray<PlanEdge> Down(int next, bool mayFail) =>
        mayFail
            ?
            [
                new PlanEdge(EdgeEvent.Failed, next) { Failures = FailureKindSet.General },
                new PlanEdge(EdgeEvent.Unaffordable, next),
            ]
            : [new PlanEdge(EdgeEvent.Unaffordable, next)];

    private static Usd CostOf(PlanNode node) => node.ExpectedCost ?? new Usd(long.MaxValue);

    private static Usd CostOf(Candidate candidate) => candidate.ExpectedCost ?? new Usd(long.MaxValue);
}
