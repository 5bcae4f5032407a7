using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>Finds the way out of a node: the first edge in order that fits what happened.</summary>
internal static class PlanEdges
{
    /// <summary>Index of the next node, or a <see cref="PlanEnd"/> value.</summary>
    public static int Next(PlanNode node, in NodeEvent happened)
    {
        foreach (var edge in node.Edges)
        {
            if (Fits(node, edge, happened))
            {
                return edge.Target;
            }
        }

        return happened.On switch
        {
            EdgeEvent.Passed => PlanEnd.Deliver,
            EdgeEvent.Abstained => Next(node, happened with { On = EdgeEvent.Refused }),
            _ => PlanEnd.Refuse,
        };
    }

    private static bool Fits(PlanNode node, in PlanEdge edge, in NodeEvent happened) =>
        edge.On == happened.On
            ? edge.On switch
            {
                EdgeEvent.Failed => happened.Error is { } error && edge.Failures.Contains(error.Kind),
                EdgeEvent.Refused => FitsScore(edge, happened.Score),
                EdgeEvent.Label => edge.Label is null
                    || string.Equals(edge.Label, happened.Label, StringComparison.OrdinalIgnoreCase),
                _ => true,
            }
            // A classifier that failed gave no label: the edge for any label is its safe default.
            : edge is { On: EdgeEvent.Label, Label: null }
                && happened.On == EdgeEvent.Failed
                && node.Kind == CallKind.Classify;

    private static bool FitsScore(in PlanEdge edge, double score) =>
        score >= edge.ScoreFrom && (edge.ScoreBelow == 0 || score < edge.ScoreBelow);
}
