using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Selection;

/// <summary><c>rules</c>: the first rule of the route whose every condition holds; abstains when none does.</summary>
/// <remarks>
/// A rule that names a tier takes its cheapest candidate, or the nearest tier's when it has none. A rule that names a model
/// which is not eligible is passed over.
/// </remarks>
public sealed class RulesPolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var rule in context.Route.Rules)
        {
            if (RuleMatch.Holds(rule, context) && Target(rule, context) is { } choice)
            {
                var chosen = choice.Candidate;
                var target = rule.Model is { } model ? model.Value : rule.Tier?.Value;
                var moved =
                    rule.Tier is { } tier && chosen.Tier.Name != tier && choice.Note is null
                        ? $", no candidate, {chosen.Tier.Name}"
                        : "";
                return PlanWriter.Answer(context, choice, Name, $"rules: {rule.Name} -> {target}{moved}");
            }
        }

        return null;
    }

    private static HeldChoice? Target(RouteRule rule, SelectionContext context)
    {
        if (rule.Model is { } model)
        {
            foreach (var candidate in context.Candidates)
            {
                if (candidate.Model.Id == model)
                {
                    return new HeldChoice(candidate, null, context.Session);
                }
            }

            return null;
        }

        return rule.Tier is { } name && TierChoice.Find(context.Route.Tiers, name) is { } tier
            ? SessionHold.Choose(context, tier, demanded: true)
            : null;
    }
}
