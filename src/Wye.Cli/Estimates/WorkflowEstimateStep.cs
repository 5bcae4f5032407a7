using Wye.Primitives;

namespace Wye.Cli.Estimates;

/// <summary>A step of a workflow as its file says it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it does.</param>
/// <param name="InputTokens">Expected prompt tokens of one call.</param>
/// <param name="OutputTokens">Expected tokens of one answer.</param>
internal sealed record WorkflowEstimateStep(string Name, StepKind Kind, long InputTokens, long OutputTokens)
{
    /// <summary>How often it is called in one run.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>The part of the prompt that the provider's cache is expected to hold.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Its tier; null = by its kind.</summary>
    public string? Tier { get; init; }

    /// <summary>Share of its answers that a gate is expected to refuse at each stage of a cascade; null = the workflow's.</summary>
    public double? Escalation { get; init; }

    /// <summary>Tokens of one call.</summary>
    public Usage Usage =>
        new()
        {
            InputTokens = InputTokens - CachedTokens,
            CacheReadTokens = CachedTokens,
            OutputTokens = OutputTokens,
        };
}
