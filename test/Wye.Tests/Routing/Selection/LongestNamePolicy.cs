using Wye.Routing.Plans;

namespace Wye.Routing.Selection;

/// <summary>A policy outside the library, by its public face only: this file, one line that registers it, one that tests it.</summary>
public sealed class LongestNamePolicy : ISelectionPolicy
{
    public string Name => "longest-name";

    public RoutePlan? Select(SelectionContext context) =>
        PlanWriter.Answer(
            context,
            context.Candidates.MaxBy(candidate => candidate.Model.Id.Value.Length)!,
            Name,
            "longest-name: it has the longest name"
        );
}
