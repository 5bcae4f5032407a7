using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Selection;

namespace Wye.Routing.Ladders;

/// <summary>
/// Takes single nodes of a plan down a rung: a cascade or a judge_router may call tiers that the rung replaces beside dearer ones
/// that it leaves alone.
/// </summary>
/// <remarks>
/// A node takes the cheapest candidate of the tier that replaces its own. Where that model has answered before on the way, asking
/// it again would help nobody: the best answer so far is delivered.
/// </remarks>
internal sealed class MixedPlan(RoutePlan plan, BudgetRung rung, SelectionContext context)
{
    private readonly PlanNode[] _nodes = [.. plan.Nodes];
    private readonly List<string> _changes = [];

    /// <summary>The plan after the rung, and what was changed, e.g. <c>medium -> small</c>; null = nothing.</summary>
    public (RoutePlan Plan, string? Changes) Take()
    {
        var chosen = ByChoice(plan);
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (
                chosen[i]
                && _nodes[i].Kind == CallKind.Answer
                && LadderStep.TierOf(context.Set!, _nodes[i].Model.Id) is { } tier
                && rung.Replacing(tier, context.Route.Tiers) is { } target
                && Cheapest(target) is { } cheaper
            )
            {
                Replace(i, cheaper);
                Note($"{tier.Name} -> {target.Name}");
            }
        }

        return _changes.Count == 0
            ? (plan, null)
            : (plan with { Nodes = ImmutableArray.Create(_nodes) }, string.Join(", ", _changes));
    }

    /// <summary>Which nodes a plan calls by choice; what only a failure or money leads to is not chosen.</summary>
    public static bool[] ByChoice(RoutePlan plan)
    {
        var chosen = new bool[plan.Nodes.Length];
        chosen[0] = true;
        for (var i = 0; i < chosen.Length; i++)
        {
            foreach (var edge in chosen[i] ? plan.Nodes[i].Edges : [])
            {
                if (edge.Target >= 0 && IsChoice(edge))
                {
                    chosen[edge.Target] = true;
                }
            }
        }

        return chosen;
    }

    private static bool IsChoice(in PlanEdge edge) => edge.On is not (EdgeEvent.Failed or EdgeEvent.Unaffordable);

    private void Replace(int at, Candidate cheaper)
    {
        if (!HasAnswered(cheaper.Model.Id, before: at))
        {
            _nodes[at] = _nodes[at] with
            {
                Model = cheaper.Model,
                Deployments = cheaper.Deployments,
                ExpectedCost = cheaper.ExpectedCost,
            };
            return;
        }

        for (var i = 0; i < at; i++)
        {
            _nodes[i] = _nodes[i] with
            {
                Edges =
                [
                    .. _nodes[i]
                        .Edges.Select(edge =>
                            edge.Target == at && IsChoice(edge) ? edge with { Target = PlanEnd.BestSoFar } : edge
                        ),
                ],
            };
        }
    }

    private bool HasAnswered(ModelId model, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (_nodes[i].Kind == CallKind.Answer && _nodes[i].Model.Id == model && LeadsTo(i, before))
            {
                return true;
            }
        }

        return false;
    }

    private bool LeadsTo(int from, int to) =>
        _nodes[from]
            .Edges.Any(edge =>
                IsChoice(edge)
                && (edge.Target == to || (edge.Target > from && edge.Target < to && LeadsTo(edge.Target, to)))
            );

    private Candidate? Cheapest(Tier most)
    {
        ImmutableArray<Candidate> within = [.. context.Candidates.Where(one => one.Tier.Rank <= most.Rank)];
        return within.IsEmpty ? null : TierChoice.Cheapest(within, most);
    }

    private void Note(string change)
    {
        if (!_changes.Contains(change))
        {
            _changes.Add(change);
        }
    }
}
