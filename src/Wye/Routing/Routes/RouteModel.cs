using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Ladders;
using Wye.Routing.Plans;
using Wye.Routing.Selection.Learned;

namespace Wye.Routing.Routes;

/// <summary>A route, resolved: match, candidates, policies and bounds. Immutable.</summary>
public sealed record RouteModel
{
    /// <summary>Its name: what a client sends as <c>model</c>.</summary>
    public required RouteName Name { get; init; }

    /// <summary>Tiers it chooses among, cheapest first; never empty.</summary>
    public required ImmutableArray<Tier> Tiers { get; init; }

    /// <summary>Selection policies, asked in order; the tier default answers when all abstain.</summary>
    public required ImmutableArray<ISelectionPolicy> Policies { get; init; }

    /// <summary>Orders deployments.</summary>
    public required IBalancingPolicy Balancing { get; init; }

    /// <summary>The model savings are counted against; null = the strongest eligible one.</summary>
    public ModelId? Strong { get; init; }

    /// <summary>Models to fall back to, in order; empty = the other models of the tier, then of the tiers above, then below.</summary>
    public ImmutableArray<ModelId> Fallbacks { get; init; } = [];

    /// <summary>
    /// Models for a prompt that is too long for the one called, in order; the first with a larger context window takes it;
    /// empty = none; null = the models the route falls back to anyway.
    /// </summary>
    public ImmutableArray<ModelId>? ContextWindowFallbacks { get; init; }

    /// <summary>Models for a prompt that a provider's content policy refused, in order; empty = none.</summary>
    public ImmutableArray<ModelId> ContentPolicyFallbacks { get; init; } = [];

    /// <summary>Least expected quality, 0..1; null = none.</summary>
    public Probability? Quality { get; init; }

    /// <summary>Most that one request may cost; null = no cap.</summary>
    public Usd? MaxCost { get; init; }

    /// <summary>Regions a provider must be in one of; empty = any.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Compliance tags a provider must all have; empty = none.</summary>
    public ImmutableArray<string> Compliance { get; init; } = [];

    /// <summary>Most per input token; null = no matter. An unknown price is above it.</summary>
    public Usd? MaxInputPrice { get; init; }

    /// <summary>Most per output token; null = no matter. An unknown price is above it.</summary>
    public Usd? MaxOutputPrice { get; init; }

    /// <summary>
    /// Longest time to the first content a deployment may have been observed with in the last 2 min; null = no matter. One that
    /// was not observed meets it, and when nobody meets it, it is waived.
    /// </summary>
    public TimeSpan? MaxFirstToken { get; init; }

    /// <summary>Least share of its stated rate limits a deployment must have left, 0..1; null = no matter; waived when nobody has.</summary>
    public double? MinHeadroom { get; init; }

    /// <summary>Whether conversations stay with their model and deployment, so that prompt caches survive; default true.</summary>
    public bool Sticky { get; init; } = true;

    /// <summary>Whether <c>x-wye-tags</c> choose among tagged deployments; see <c>docs/policies/tags.md</c>; default true.</summary>
    public bool FilterTags { get; init; } = true;

    /// <summary>Whether a <c>/model NAME</c> line in the last user message is honoured; default false.</summary>
    public bool AllowModelDirective { get; init; }

    /// <summary>Fixed tier for the whole route (<c>static</c>); null = by step and step kind.</summary>
    public TierName? Tier { get; init; }

    /// <summary>Tier by step name (<c>static</c>).</summary>
    public ImmutableDictionary<string, TierName> StepTiers { get; init; } = ImmutableDictionary<string, TierName>.Empty;

    /// <summary>Tier by step kind (<c>static</c>), where it differs from the default table.</summary>
    public ImmutableDictionary<StepKind, TierName> StepKindTiers { get; init; } =
        ImmutableDictionary<StepKind, TierName>.Empty;

    /// <summary>How the route uses the learned router (<c>learned</c>).</summary>
    internal LearnedSettings Learned { get; init; } = LearnedSettings.Default;

    /// <summary>Rules (<c>rules</c>), first match wins.</summary>
    public ImmutableArray<RouteRule> Rules { get; init; } = [];

    /// <summary>Policies it had before, asked only for what they would have chosen; empty = nothing to compare with.</summary>
    public ImmutableArray<ISelectionPolicy> PreviousPolicies { get; init; } = [];

    /// <summary>How it gets cheaper while budgets run out.</summary>
    public BudgetLadder Ladder { get; init; } = BudgetLadder.Default;

    /// <summary>Stages and gates (<c>cascade</c>); null = none.</summary>
    public CascadeModel? Cascade { get; init; }

    /// <summary>Whom it asks who shall answer (<c>judge_router</c>); null = nobody.</summary>
    public JudgeRouterModel? JudgeRouter { get; init; }

    /// <summary>Models that only judge, sample or sort requests of this route, besides those that answer.</summary>
    internal IEnumerable<ModelId> Helpers()
    {
        if (JudgeRouter is { } router)
        {
            yield return router.Model;
        }

        foreach (var stage in Cascade?.Stages ?? [])
        {
            foreach (var model in stage.Models)
            {
                yield return model;
            }

            foreach (var sample in stage.Samples)
            {
                yield return sample;
            }

            if (stage.Judge is { } judge)
            {
                yield return judge;
            }
        }
    }

    /// <summary>Bounds over one request.</summary>
    public PlanBounds Bounds { get; init; } = PlanBounds.Default;
}
