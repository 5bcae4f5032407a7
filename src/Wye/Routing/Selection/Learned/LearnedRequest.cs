using Wye.Quality;
using Wye.Quality.Estimates;

namespace Wye.Routing.Selection.Learned;

/// <summary>What one request optimises: the route's settings, and what its caller says.</summary>
/// <remarks>A caller's word stands for its objective: <c>x-wye-quality</c> for <c>bar</c>, <c>x-wye-prefer</c> for <c>utility</c>.</remarks>
internal readonly record struct LearnedRequest(Objective Objective, double Bar, Preference Prefer)
{
    /// <summary>Whether latencies matter.</summary>
    public bool NeedsLatency => Objective == Objective.Utility;

    public static LearnedRequest Of(SelectionContext context)
    {
        var (hints, route) = (context.Request.Hints, context.Route.Learned);
        var bar = (hints.Quality ?? context.Route.Quality)?.Value ?? LearnedSettings.DefaultBar;
        var objective =
            hints.Quality is not null ? Objective.Bar
            : hints.Prefer is "quality" or "cost" or "speed" ? Objective.Utility
            : route.Objective;
        return new LearnedRequest(objective, bar, route.Prefer.Towards(hints.Prefer));
    }

    /// <summary>The numbers to decide by.</summary>
    public ObjectiveTerms Terms(
        SelectionContext context,
        ServedPool pool,
        PromptScoring prompt,
        ReadOnlySpan<QualityEstimate> estimates
    )
    {
        var terms = new ObjectiveTerms
        {
            Bar = Bar,
            Lambda = context.Route.Learned.Lambda,
            Prefer = Prefer,
        };
        if (Objective != Objective.Threshold)
        {
            return terms;
        }

        var (weak, strong) = Pair(context);
        return terms with
        {
            Threshold = context.Route.Learned.Threshold ?? pool.Router.Threshold ?? 0,
            Weak = weak,
            Strong = strong,
            Gain = Gain(context, pool, prompt, estimates, weak, strong),
        };
    }

    private static double Gain(
        SelectionContext context,
        ServedPool pool,
        PromptScoring prompt,
        ReadOnlySpan<QualityEstimate> estimates,
        int weak,
        int strong
    )
    {
        var (low, high) = (
            pool.IndexOf(context.Candidates[weak].Model.Id),
            pool.IndexOf(context.Candidates[strong].Model.Id)
        );
        return low >= 0 && high >= 0 && pool.PairOf(low, high) is { } pair
            ? pair.Estimate(prompt).Value + estimates[strong].Correction - estimates[weak].Correction
            : (double)estimates[strong].Value - estimates[weak].Value;
    }

    // The configured models where they can take the request; else the strongest and the cheapest of what is left.
    private static (int Weak, int Strong) Pair(SelectionContext context)
    {
        var (weak, strong) = (-1, -1);
        for (var i = 0; i < context.Candidates.Length; i++)
        {
            var id = context.Candidates[i].Model.Id;
            weak = id == context.Route.Learned.Weak ? i : weak;
            strong = id == context.Route.Strong ? i : strong;
        }

        weak =
            weak >= 0
                ? weak
                : context.Candidates.IndexOf(TierChoice.Cheapest(context.Candidates, context.Route.Tiers[0]));
        return (weak, strong >= 0 ? strong : Strongest(context));
    }

    private static int Strongest(SelectionContext context)
    {
        var strongest = 0;
        for (var i = 1; i < context.Candidates.Length; i++)
        {
            var (best, one) = (context.Candidates[strongest], context.Candidates[i]);
            var (bestCost, cost) = (best.ExpectedCost?.PicoDollars ?? -1, one.ExpectedCost?.PicoDollars ?? -1);
            if (one.Tier.Rank > best.Tier.Rank || (one.Tier.Rank == best.Tier.Rank && cost > bestCost))
            {
                strongest = i;
            }
        }

        return strongest;
    }
}
