using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Selection;

/// <summary>
/// <c>static</c>: the tier the route fixes, else by step name, else by step kind, else the default table; in it the cheapest
/// candidate. Never abstains.
/// </summary>
public sealed class StaticPolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "static";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context) => Select(context, Name, "");

    /// <summary>The plan under another policy's name: the default of a route when every policy abstains.</summary>
    internal static RoutePlan Select(SelectionContext context, string name, string note)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (tier, cause, demanded) = Wanted(context);
        var choice = SessionHold.Choose(context, tier, demanded);
        var chosen = choice.Candidate;
        return PlanWriter.Answer(
            context,
            choice,
            name,
            chosen.Tier.Name == tier.Name || choice.Note is not null
                ? $"{name}: {cause} -> {tier.Name}{note}"
                : $"{name}: {cause} -> {tier.Name} has no candidate, {chosen.Tier.Name}{note}"
        );
    }

    private static (Tier Tier, string Cause, bool Demanded) Wanted(SelectionContext context)
    {
        var route = context.Route;
        var signals = context.Signals;
        if (route.Tier is { } whole && TierChoice.Find(route.Tiers, whole) is { } fixedTier)
        {
            return (fixedTier, "route", true);
        }

        if (
            context.Request.Hints.Step is { } step
            && route.StepTiers.TryGetValue(step, out var byStep)
            && TierChoice.Find(route.Tiers, byStep) is { } stepTier
        )
        {
            return (stepTier, $"step {step}", true);
        }

        var kind = signals.StepKind;
        if (
            route.StepKindTiers.TryGetValue(kind, out var byKind)
            && TierChoice.Find(route.Tiers, byKind) is { } kindTier
        )
        {
            return (kindTier, kind.Name(), signals.StepKindGiven);
        }

        var usual = TierChoice.Map(route.Tiers, StepTierDefaults.Of(signals));
        return (usual, KindCause(context), signals.StepKindGiven);
    }

    private static string KindCause(SelectionContext context) =>
        context.Signals.StepKindReason is { } reason
            ? $"{context.Signals.StepKind.Name()} by {reason}"
            : context.Signals.StepKind.Name();
}
