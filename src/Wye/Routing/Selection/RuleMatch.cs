using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Routes;

namespace Wye.Routing.Selection;

/// <summary>Whether a rule's conditions hold; the cheap ones are looked at first, the pattern last.</summary>
internal static class RuleMatch
{
    public static bool Holds(RouteRule rule, SelectionContext context) =>
        SignalsHold(rule, context)
        && FeaturesHold(rule, context.Request.Features)
        && CallerHolds(rule, context)
        && TimeHolds(rule, context.Now)
        && (rule.Matches is not { } pattern || QueryText.IsMatch(pattern, context.Request));

    private static bool SignalsHold(RouteRule rule, SelectionContext context)
    {
        var signals = context.Signals;
        return (rule.StepKinds.IsEmpty || rule.StepKinds.Contains(signals.StepKind))
            && (rule.MinPromptTokens is not { } least || signals.PromptTokens >= least)
            && (rule.MaxPromptTokens is not { } most || signals.PromptTokens <= most)
            && (rule.MinTurns is not { } turns || signals.Turns >= turns)
            && (rule.Code ?? signals.Code) == signals.Code
            && (rule.Math ?? signals.Math) == signals.Math;
    }

    private static bool FeaturesHold(RouteRule rule, ChatFeatures features) =>
        Agrees(rule.Tools, features, ChatFeatures.Tools | ChatFeatures.ToolRequired)
        && Agrees(rule.Images, features, ChatFeatures.Images)
        && Agrees(rule.Json, features, ChatFeatures.JsonMode | ChatFeatures.JsonSchema);

    private static bool Agrees(bool? wanted, ChatFeatures features, ChatFeatures any) =>
        wanted is not { } value || ((features & any) != ChatFeatures.None) == value;

    private static bool CallerHolds(RouteRule rule, SelectionContext context)
    {
        var hints = context.Request.Hints;
        foreach (var tag in rule.Tags)
        {
            if (!hints.Tags.Contains(tag, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return (rule.Steps.IsEmpty || (hints.Step is { } step && rule.Steps.Contains(step, StringComparer.Ordinal)))
            && (rule.Keys.IsEmpty || rule.Keys.Contains(context.Key))
            && (rule.BudgetBelow is not { } below || context.BudgetFraction < below);
    }

    // From without until runs to midnight, until without from starts there; earlier until = over midnight.
    private static bool TimeHolds(RouteRule rule, DateTimeOffset now)
    {
        if (rule.From is null && rule.Until is null)
        {
            return true;
        }

        var time = TimeOnly.FromDateTime(now.DateTime);
        var from = rule.From ?? TimeOnly.MinValue;
        return rule.Until is not { } until ? time >= from
            : from <= until ? time >= from && time < until
            : time >= from || time < until;
    }
}
