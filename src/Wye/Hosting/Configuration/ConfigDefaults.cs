using System.Collections.Immutable;
using Wye.Quality.Shipped;

namespace Wye.Hosting.Configuration;

/// <summary>What holds where a configuration says nothing, and the bounds of what it may say.</summary>
public static class ConfigDefaults
{
    /// <summary>Name of the route made when none is configured.</summary>
    public const string RouteName = "auto";

    /// <summary>Name under which requests that name a model themselves are recorded.</summary>
    public const string ExplicitRouteName = "explicit";

    /// <summary>Balancing policy.</summary>
    public const string Balancing = "weighted";

    /// <summary>Selection policies of a route that names neither policies nor tiers of its own.</summary>
    public static ImmutableArray<string> Policies { get; } = ["heuristic"];

    /// <summary>Selection policies of a route that fixes tiers (<c>tier</c>, <c>step_tiers</c>, <c>step_kind_tiers</c>).</summary>
    public static ImmutableArray<string> PoliciesWithTiers { get; } = ["static"];

    /// <summary>Selection policies of a route that says what <c>learned</c> shall optimise.</summary>
    public static ImmutableArray<string> PoliciesWithLearning { get; } = ["learned", "heuristic"];

    /// <summary>Selection policies of the route made when none is configured: <c>learned</c> where the router that ships is proven.</summary>
    public static ImmutableArray<string> AutoPolicies =>
        ShippedRouter.Manifest is { Champion: true } ? PoliciesWithLearning : Policies;

    /// <summary>Longest wait for a prompt's embedding.</summary>
    public static TimeSpan EncoderTimeout { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pattern of a rule, in characters.</summary>
    public const int MaxPatternLength = 1_000;

    /// <summary>Longest name of anything, in characters.</summary>
    public const int MaxNameLength = 128;

    /// <summary>Aliases that may lie between a name and what it means.</summary>
    public const int MaxAliasHops = 8;

    /// <summary>Days before its retirement from which a model is warned of.</summary>
    public const int RetirementWarningDays = 60;

    /// <summary>Longest time limit that may be set.</summary>
    public static TimeSpan MaxTimeout { get; } = TimeSpan.FromHours(24);

    /// <summary>Dialects spoken to providers today.</summary>
    public static ImmutableArray<string> Dialects { get; } = ["openai", "anthropic", "gemini"];
}
