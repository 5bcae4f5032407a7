using Wye.Routing.Plans;

namespace Wye.Routing.Selection;

/// <summary><c>explicit</c>: the concrete model the caller named; abstains when a route was asked.</summary>
public sealed class ExplicitPolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "explicit";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Asked is not { } asked)
        {
            return null;
        }

        foreach (var candidate in context.Candidates)
        {
            if (candidate.Model.Id == asked)
            {
                var how = context.CutDirective ? "named in a /model line" : "named by the caller";
                return PlanWriter.Answer(context, candidate, Name, $"explicit: {asked} {how}");
            }
        }

        return null;
    }
}
