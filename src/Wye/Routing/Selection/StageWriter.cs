using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Fallbacks;
using Wye.Routing.Ladders;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Selection;

/// <summary>Writes the nodes of a cascade: answer, samples and judge of each stage, then the fallbacks of the last.</summary>
internal sealed class StageWriter(SelectionContext context, CascadeModel cascade)
{
    private readonly List<PlanNode> _nodes = [];
    private readonly ImmutableArray<Candidate> _all = context.Set?.All ?? context.Candidates;
    private readonly bool _critical = Descent.IsCritical(context);
    private readonly Usd? _cap = FallbackOrder.Least(context.Request.Hints.MaxCost, context.Route.MaxCost);

    public PlanNode[] Write(List<(CascadeStage Stage, Candidate Candidate)> stages)
    {
        var bounds = context.Route.Bounds;
        var last = stages.Count - 1;
        // What a failing strongest stage falls back to; never to a stage before it.
        var spare = FallbackOrder
            .From(_all, _all.IndexOf(stages[last].Candidate), context.Route)
            .Skip(1)
            .Where(one => !stages.Exists(stage => stage.Candidate.Model.Id == one.Model.Id))
            .Take(Math.Min(bounds.MaxFailureAttempts, PlanDefaults.MaxDepth) - 1)
            .ToList();
        var starts = new int[stages.Count + 1];
        var at = 0;
        for (var i = 0; i < stages.Count; i++)
        {
            starts[i] = at;
            at += 1 + (i < last || stages[i].Stage.Gate is not null ? Checks(stages[i].Stage).Count : 0);
        }

        starts[^1] = spare.Count > 0 ? at : PlanEnd.BestSoFar;
        for (var i = 0; i < stages.Count; i++)
        {
            Stage(
                stages[i].Stage,
                stages[i].Candidate,
                starts[i + 1],
                isLast: i == last,
                shows: cascade.ShowRefused && i > 0
            );
        }

        for (var i = 0; i < spare.Count; i++)
        {
            _nodes.Add(
                NodeOf(spare[i], CallKind.Answer, null) with
                {
                    Edges = OnTrouble(i + 1 < spare.Count ? _nodes.Count + 1 : PlanEnd.BestSoFar, isLast: true),
                }
            );
        }

        return [.. _nodes];
    }

    private void Stage(CascadeStage stage, Candidate candidate, int next, bool isLast, bool shows)
    {
        // A refusal of the last stage has nobody to go to: the best answer so far, never a fallback for a failure.
        var refused = isLast ? PlanEnd.BestSoFar : next;
        var checks = stage.Gate is null ? [] : Checks(stage);
        var answer = _nodes.Count;
        _nodes.Add(
            NodeOf(candidate, CallKind.Answer, stage) with
            {
                Gate = stage.Gate,
                PassFrom = stage.Gate is null ? null : stage.Threshold,
                ShowsRefused = shows,
                Edges = stage.Gate is null
                    ? OnTrouble(next, isLast)
                    :
                    [
                        new PlanEdge(EdgeEvent.Refused, refused),
                        new PlanEdge(EdgeEvent.Abstained, checks.Count > 0 ? answer + 1 : refused),
                        .. OnTrouble(next, isLast),
                    ],
            }
        );
        for (var i = 0; i < checks.Count; i++)
        {
            var (kind, helper) = checks[i];
            var follows = i + 1 < checks.Count ? _nodes.Count + 1 : PlanEnd.Deliver;
            // A sample that others follow is only collected; the last call of the stage lets the gate decide.
            var decides = i + 1 == checks.Count || kind == CallKind.Judge;
            _nodes.Add(
                NodeOf(helper, kind, stage) with
                {
                    Gate = decides ? stage.Gate : null,
                    PassFrom = decides ? stage.Threshold : null,
                    Edges =
                    [
                        new PlanEdge(EdgeEvent.Passed, decides ? PlanEnd.Deliver : follows),
                        new PlanEdge(EdgeEvent.Refused, refused),
                        new PlanEdge(EdgeEvent.Abstained, i + 1 < checks.Count ? follows : refused),
                        .. OnTrouble(refused, isLast: false),
                    ],
                }
            );
        }
    }

    private List<(CallKind Kind, Candidate Helper)> Checks(CascadeStage stage)
    {
        var checks = new List<(CallKind, Candidate)>();
        foreach (var sample in stage.Samples)
        {
            if (Find(sample) is { } helper)
            {
                checks.Add((CallKind.Sample, helper));
            }
        }

        if (stage.Judge is { } judge && Find(judge) is { } found)
        {
            checks.Add((CallKind.Judge, found));
        }

        return checks;
    }

    private PlanNode NodeOf(Candidate candidate, CallKind kind, CascadeStage? stage) =>
        new()
        {
            Kind = kind,
            Model = candidate.Model,
            Deployments = candidate.Deployments,
            ExpectedCost = candidate.ExpectedCost,
            CostCap = FallbackOrder.Least(_cap, stage?.MaxCost),
            TimeCap = stage?.MaxTime,
        };

    private Candidate? Find(ModelId id)
    {
        foreach (var candidate in _all)
        {
            if (candidate.Model.Id == id)
            {
                return candidate;
            }
        }

        return null;
    }

    // What was refused before is not good enough for a critical request because the money ran out.
    private ImmutableArray<PlanEdge> OnTrouble(int target, bool isLast) =>
        [
            new PlanEdge(EdgeEvent.Failed, target) { Failures = FailureKindSet.General },
            new PlanEdge(EdgeEvent.Unaffordable, isLast && _critical ? PlanEnd.Refuse : target),
        ];
}
