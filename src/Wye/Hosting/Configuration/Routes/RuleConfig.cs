using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Routes;

/// <summary>A rule as written under <c>rules</c>: every condition that is set must hold.</summary>
public sealed record RuleConfig
{
    /// <summary>Its name in explanations; null = <c>rule N</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Tier to choose; exactly one of tier and model.</summary>
    public string? Tier { get; init; }

    /// <summary>Model to choose; exactly one of tier and model.</summary>
    public string? Model { get; init; }

    /// <summary>Step kinds, any of.</summary>
    public ImmutableArray<string> StepKinds { get; init; } = [];

    /// <summary>Step names, any of.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Least prompt tokens.</summary>
    public int? MinPromptTokens { get; init; }

    /// <summary>Most prompt tokens.</summary>
    public int? MaxPromptTokens { get; init; }

    /// <summary>Least user turns.</summary>
    public int? MinTurns { get; init; }

    /// <summary>Whether the query holds code.</summary>
    public bool? Code { get; init; }

    /// <summary>Whether the query holds mathematics.</summary>
    public bool? Math { get; init; }

    /// <summary>Whether tools are offered.</summary>
    public bool? Tools { get; init; }

    /// <summary>Whether a message holds an image.</summary>
    public bool? Images { get; init; }

    /// <summary>Whether JSON is demanded.</summary>
    public bool? Json { get; init; }

    /// <summary>Tags the caller must all have sent.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Keys, any of.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Holds below this remaining budget fraction, 0..1.</summary>
    public double? BudgetBelow { get; init; }

    /// <summary>Start of the time of day.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>End of the time of day, exclusive.</summary>
    public TimeOnly? Until { get; init; }

    /// <summary>Pattern over the last user turn, .NET syntax without backtracking.</summary>
    public string? Matches { get; init; }
}
