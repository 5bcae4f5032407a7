using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Wye.Primitives;

namespace Wye.Routing.Routes;

/// <summary>One rule: every condition that is set must hold. Then the target is chosen.</summary>
public sealed record RouteRule
{
    /// <summary>Its name in <c>why</c>, e.g. <c>rule 2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tier to choose; exactly one of tier and model is set.</summary>
    public TierName? Tier { get; init; }

    /// <summary>Model to choose; exactly one of tier and model is set.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Step kinds, any of; empty = any.</summary>
    public ImmutableArray<StepKind> StepKinds { get; init; } = [];

    /// <summary>Step names, any of; empty = any.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Least estimated prompt tokens; null = no bound.</summary>
    public int? MinPromptTokens { get; init; }

    /// <summary>Most estimated prompt tokens; null = no bound.</summary>
    public int? MaxPromptTokens { get; init; }

    /// <summary>Least turns of the user; null = no bound.</summary>
    public int? MinTurns { get; init; }

    /// <summary>Whether the query holds code; null = either.</summary>
    public bool? Code { get; init; }

    /// <summary>Whether the query holds mathematics; null = either.</summary>
    public bool? Math { get; init; }

    /// <summary>Whether tools are offered; null = either.</summary>
    public bool? Tools { get; init; }

    /// <summary>Whether a message holds an image; null = either.</summary>
    public bool? Images { get; init; }

    /// <summary>Whether JSON is demanded; null = either.</summary>
    public bool? Json { get; init; }

    /// <summary>Tags the caller must all have sent; empty = none.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Keys, any of; empty = any.</summary>
    public ImmutableArray<KeyId> Keys { get; init; } = [];

    /// <summary>Holds when the remaining budget fraction (0..1) is below this; null = no matter.</summary>
    public double? BudgetBelow { get; init; }

    /// <summary>Start of the time of day, local to the configured zone; null = no matter.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>End of the time of day, exclusive; earlier than <see cref="From"/> = over midnight.</summary>
    public TimeOnly? Until { get; init; }

    /// <summary>
    /// Pattern over the first 8,192 characters of the last user turn; must be made with
    /// <see cref="RegexOptions.NonBacktracking"/>; null = no matter.
    /// </summary>
    /// <exception cref="ArgumentException">The pattern may backtrack, so a caller could stall routing with a crafted text.</exception>
    public Regex? Matches
    {
        get;
        init =>
            field =
                value is null || value.Options.HasFlag(RegexOptions.NonBacktracking)
                    ? value
                    : throw new ArgumentException(
                        $"The pattern '{value}' may backtrack. Make it with RegexOptions.NonBacktracking.",
                        nameof(value)
                    );
    }
}
