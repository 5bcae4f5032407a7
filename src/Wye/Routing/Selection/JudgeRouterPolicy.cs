using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Fallbacks;
using Wye.Routing.Ladders;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Sessions;

namespace Wye.Routing.Selection;

/// <summary>
/// <c>judge_router</c>: a model says in one short call how difficult the request is, and each of the words it may say leads to a
/// tier. Anything else it says, a failure, a timeout or too little money leads to the strongest. Abstains on a route that names
/// no such model, and when that model may not be called.
/// </summary>
public sealed class JudgeRouterPolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "judge_router";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Route.JudgeRouter is not { } judge || Find(context, judge.Model) is not { } asked)
        {
            return null;
        }

        var labels = JudgeQuestion.Labels(judge.Form);
        var targets = new Candidate[labels.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = TierChoice.Cheapest(context.Candidates, TierOf(context, judge, i));
        }

        DecisionKey? place = judge.Remember
            ? DecisionKey.Of(context.Key, $"{context.Route.Name.Value} {judge.Form}", context.Request)
            : null;
        if (place is { } at && context.Decisions?.Find(at) is { } known)
        {
            var index = labels.IndexOf(known.ToUpperInvariant());
            if (index >= 0)
            {
                return PlanWriter.Answer(context, targets[index], Name, $"judge_router: {labels[index]} (remembered)");
            }
        }

        var why = $"judge_router: asks {judge.Model.Value}";
        return PlanWriter.Write(context, Nodes(context, judge, asked, targets), Name, why) with { Remember = place };
    }

    private static PlanNode[] Nodes(
        SelectionContext context,
        JudgeRouterModel judge,
        Candidate asked,
        Candidate[] targets
    )
    {
        var cap = FallbackOrder.Least(context.Request.Hints.MaxCost, context.Route.MaxCost);
        // Strongest first, so that what it cannot take for money goes on to weaker ones.
        var order = targets.Reverse().Distinct().ToList();
        var labels = JudgeQuestion.Labels(judge.Form);
        var edges = ImmutableArray.CreateBuilder<PlanEdge>();
        for (var i = 0; i < targets.Length; i++)
        {
            edges.Add(new PlanEdge(EdgeEvent.Label, 1 + order.IndexOf(targets[i])) { Label = labels[i] });
        }

        edges.Add(new PlanEdge(EdgeEvent.Label, 1));
        edges.Add(new PlanEdge(EdgeEvent.Unaffordable, 1));
        var nodes = new List<PlanNode>
        {
            NodeOf(asked, FallbackOrder.Least(cap, judge.MaxCost)) with
            {
                Kind = CallKind.Classify,
                Question = JudgeQuestion.Ask(judge.Form, context.Request),
                TimeCap = judge.Timeout,
                Retries = 0,
                Edges = edges.ToImmutable(),
            },
        };
        var spares = Spares(context, order);
        var critical = Descent.IsCritical(context);
        for (var i = 0; i < order.Count; i++)
        {
            nodes.Add(
                NodeOf(order[i], cap) with
                {
                    Edges = Out(
                        order[i],
                        spares,
                        1 + order.Count,
                        unaffordable: i + 1 < order.Count && !critical ? i + 2 : PlanEnd.Refuse
                    ),
                }
            );
        }

        for (var i = 0; i < spares.Count; i++)
        {
            var next = i + 1 < spares.Count ? nodes.Count + 1 : PlanEnd.Refuse;
            nodes.Add(
                NodeOf(spares[i], cap) with
                {
                    Edges =
                    [
                        new PlanEdge(EdgeEvent.Failed, next) { Failures = FailureKindSet.General },
                        new PlanEdge(EdgeEvent.Unaffordable, critical ? PlanEnd.Refuse : next),
                    ],
                }
            );
        }

        return [.. nodes];
    }

    /// <summary>Who answers when the chosen one fails: the other targets from the strongest on, then the route's fallbacks.</summary>
    private static List<Candidate> Spares(SelectionContext context, List<Candidate> order)
    {
        var all = context.Set?.All ?? context.Candidates;
        return
        [
            .. order
                .Concat(FallbackOrder.From(all, all.IndexOf(order[0]), context.Route))
                .Distinct()
                .Take(context.Route.Bounds.MaxFailureAttempts),
        ];
    }

    private static ImmutableArray<PlanEdge> Out(Candidate own, List<Candidate> spares, int first, int unaffordable)
    {
        var edges = ImmutableArray.CreateBuilder<PlanEdge>();
        for (var i = 0; i < spares.Count; i++)
        {
            if (spares[i] != own)
            {
                edges.Add(new PlanEdge(EdgeEvent.Failed, first + i) { Failures = FailureKindSet.General });
                break;
            }
        }

        edges.Add(new PlanEdge(EdgeEvent.Unaffordable, unaffordable));
        return edges.ToImmutable();
    }

    private static PlanNode NodeOf(Candidate candidate, Usd? cap) =>
        new()
        {
            Model = candidate.Model,
            Deployments = candidate.Deployments,
            ExpectedCost = candidate.ExpectedCost,
            CostCap = cap,
        };

    private static Tier TierOf(SelectionContext context, JudgeRouterModel judge, int label) =>
        judge.Labels.TryGetValue(JudgeQuestion.Labels(judge.Form)[label], out var name)
        && TierChoice.Find(context.Route.Tiers, name) is { } tier
            ? tier
            : TierChoice.Map(context.Route.Tiers, JudgeQuestion.ClassOf(judge.Form, label));

    private static Candidate? Find(SelectionContext context, ModelId id)
    {
        foreach (var candidate in context.Set?.All ?? context.Candidates)
        {
            if (candidate.Model.Id == id)
            {
                return candidate;
            }
        }

        return null;
    }
}
