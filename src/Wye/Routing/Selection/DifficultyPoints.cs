using Wye.Chat;
using Wye.Primitives;
using Wye.Signals;

namespace Wye.Routing.Selection;

/// <summary>The points of <c>heuristic</c>. Judgement, not fitted; the page docs/policies/heuristic.md repeats the table.</summary>
internal static class DifficultyPoints
{
    // A bar above the usual one asks for more model, one below for less.
    private const double UsualBar = 0.8;
    private const double BarWeight = 0.5;

    public static DifficultyTally Score(SelectionContext context)
    {
        var signals = context.Signals;
        var features = context.Request.Features;
        var tally = new DifficultyTally();
        tally.Add(signals.StepKind.Name(), OfKind(signals));
        tally.Add(
            "prompt length",
            signals.PromptTokens switch
            {
                > 8_000 => 0.2,
                > 2_000 => 0.1,
                > 500 => 0.05,
                _ => 0,
            }
        );
        tally.Add(
            "query words",
            signals.QueryWords switch
            {
                > 150 => 0.1,
                > 60 => 0.05,
                _ => 0,
            }
        );
        tally.Add("code", signals.Code ? 0.1 : 0);
        tally.Add("math", signals.Math ? 0.15 : 0);
        tally.Add("questions", signals.Questions >= 3 ? 0.05 : 0);
        tally.Add("list", signals.ListItems >= 4 ? 0.05 : 0);
        tally.Add("turns", signals.Turns >= 6 ? 0.05 : 0);
        tally.Add("script", signals.Script != TextScript.Latin ? 0.05 : 0);
        tally.Add(
            "tools",
            context.Request.ToolCount > 8 ? 0.1
                : (features & ChatFeatures.Tools) != ChatFeatures.None ? 0.05
                : 0
        );
        tally.Add("images", (features & ChatFeatures.Images) != ChatFeatures.None ? 0.05 : 0);
        tally.Add("reasoning", (features & ChatFeatures.Reasoning) != ChatFeatures.None ? 0.2 : 0);
        tally.Add(
            "short",
            signals is { QueryWords: <= 12, Code: false, Math: false, StepKind: StepKind.Chat } ? -0.15 : 0
        );
        AddWishes(ref tally, context);
        return tally;
    }

    private static double OfKind(SignalSet signals) =>
        StepTierDefaults.Of(signals) switch
        {
            TierClass.Small => 0.1,
            TierClass.Large => 0.65,
            // Nothing told what it is: less is known, and most open questions are easy.
            _ => signals is { StepKind: StepKind.Chat, StepKindGiven: false } ? 0.25 : 0.4,
        };

    private static void AddWishes(ref DifficultyTally tally, SelectionContext context)
    {
        var hints = context.Request.Hints;
        tally.Add(
            "preference",
            hints.Prefer switch
            {
                "quality" => 0.15,
                "cost" => -0.15,
                "speed" => -0.1,
                _ => 0,
            }
        );
        if ((hints.Quality ?? context.Route.Quality) is { } bar)
        {
            tally.Add("quality bar", (bar.Value - UsualBar) * BarWeight);
        }
    }
}
