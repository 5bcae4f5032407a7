using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Routes;

/// <summary>A route as written under <c>routes</c>.</summary>
public sealed record RouteConfig
{
    /// <summary>Its name: what clients send as <c>model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tiers it chooses among; empty = all.</summary>
    public ImmutableArray<string> Tiers { get; init; } = [];

    /// <summary>Selection policies, asked in order; empty = <c>rules</c> where there are rules, then <c>static</c> where tiers are fixed, <c>learned</c> and <c>heuristic</c> where an objective is set, else <c>heuristic</c>.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Fixed tier; null = by step and step kind.</summary>
    public string? Tier { get; init; }

    /// <summary>Tier by step name.</summary>
    public ImmutableDictionary<string, string> StepTiers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Tier by step kind, where it differs from the default table.</summary>
    public ImmutableDictionary<string, string> StepKindTiers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Rules, first match wins.</summary>
    public ImmutableArray<RuleConfig> Rules { get; init; } = [];

    /// <summary>Stages of a cascade; empty = the route's tiers.</summary>
    public ImmutableArray<StageConfig> Stages { get; init; } = [];

    /// <summary>Gate of every stage but the last that names none of its own.</summary>
    public string? Gate { get; init; }

    /// <summary>
    /// Least score that passes, of every stage that names none of its own, 0..1 (<c>cascade</c>); least gain for which
    /// the objective <c>threshold</c> takes the strong model, −1..1, null = the router's calibrated one (<c>learned</c>).
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Whether a stage sees the answer refused before it; null = no.</summary>
    public bool? ShowRefused { get; init; }

    /// <summary>Whom the route asks who shall answer; null = nobody, or the defaults.</summary>
    public JudgeRouterConfig? JudgeRouter { get; init; }

    /// <summary>Model that savings are counted against; null = the strongest eligible one.</summary>
    public string? Strong { get; init; }

    /// <summary>Models or tiers to fall back to, in order; empty = the rest of the tier, then the tiers above, then below.</summary>
    public ImmutableArray<string> Fallbacks { get; init; } = [];

    /// <summary>
    /// Models or tiers for a prompt that is too long for the model called, in order; empty = none; null = the models the route
    /// falls back to anyway. The first with a larger context window takes it.
    /// </summary>
    public ImmutableArray<string>? ContextWindowFallbacks { get; init; }

    /// <summary>Models or tiers for a prompt that a provider's content policy refused, in order; empty = none.</summary>
    public ImmutableArray<string> ContentPolicyFallbacks { get; init; } = [];

    /// <summary>Least expected quality, 0..1; null = none.</summary>
    public double? Quality { get; init; }

    /// <summary>What <c>learned</c> optimises: <c>bar</c>, <c>threshold</c>, <c>utility</c>, <c>tradeoff</c>; null = bar.</summary>
    public string? Objective { get; init; }

    /// <summary>λ of <c>tradeoff</c>, in quality per USD; null = 10.</summary>
    public double? Lambda { get; init; }

    /// <summary>Sliders of <c>utility</c>; null = quality 0.85, cost 0.10, speed 0.05.</summary>
    public PreferConfig? Prefer { get; init; }

    /// <summary>Weak model of <c>threshold</c>; null = the cheapest of the lowest tier.</summary>
    public string? Weak { get; init; }

    /// <summary>Most that one request may cost, in USD; null = no cap.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Regions of which a provider must be in one; empty = any.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Compliance tags a provider must all have.</summary>
    public ImmutableArray<string> Compliance { get; init; } = [];

    /// <summary>Most per input token, in USD per 1,000,000; null = no matter.</summary>
    public decimal? MaxInputPrice { get; init; }

    /// <summary>Most per output token, in USD per 1,000,000; null = no matter.</summary>
    public decimal? MaxOutputPrice { get; init; }

    /// <summary>Longest observed time to the first content; null = no matter.</summary>
    public TimeSpan? MaxFirstToken { get; init; }

    /// <summary>Least share of its rate limits a deployment must have left, 0..1; null = no matter.</summary>
    public double? MinHeadroom { get; init; }

    /// <summary>Whether conversations stay with their model and deployment; null = yes.</summary>
    public bool? Sticky { get; init; }

    /// <summary>Whether a <c>/model NAME</c> line is honoured; null = no.</summary>
    public bool? AllowModelDirective { get; init; }

    /// <summary>How the route gets cheaper while budgets run out; empty = it does not; null = the default ladder.</summary>
    public ImmutableArray<LadderRungConfig>? BudgetLadder { get; init; }

    /// <summary>Whether the ladder measures what is left of a budget by the time that is left; null = no.</summary>
    public bool? BudgetPacing { get; init; }

    /// <summary>Kinds of step that the ladder never touches; null = <c>safety</c>.</summary>
    public ImmutableArray<string>? CriticalSteps { get; init; }

    /// <summary>Balancing policy; null = <c>weighted</c>.</summary>
    public string? Balancing { get; init; }

    /// <summary>Time limits; null = defaults.</summary>
    public TimeoutsConfig? Timeouts { get; init; }

    /// <summary>Most calls caused by failure, the first included; null = 3.</summary>
    public int? MaxFailureAttempts { get; init; }

    /// <summary>Most upstream calls whatever for; null = 8.</summary>
    public int? MaxUpstreamCalls { get; init; }
}
