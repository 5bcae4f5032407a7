using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Hosting.Configuration;

/// <summary>A gate as written under <c>gates</c>. Which settings mean something depends on its kind; see docs/gates.md.</summary>
public sealed record GateConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind; null = <c>all</c>, <c>any</c> or <c>weighted</c>, whichever is written.</summary>
    public string? Kind { get; init; }

    /// <summary>Gates that must all pass.</summary>
    public ImmutableArray<string> All { get; init; } = [];

    /// <summary>Gates of which one must pass.</summary>
    public ImmutableArray<string> Any { get; init; } = [];

    /// <summary>Gates with weights.</summary>
    public ImmutableDictionary<string, string> Weighted { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Least score that passes, 0..1; null = the kind's default.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether an abstention of a part keeps <c>all</c> from passing; null = no.</summary>
    public bool? Strict { get; init; }

    /// <summary>Longest that it may take; null = the kind's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Regular expression of <c>pattern</c>.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether the answer must not match it; null = it must.</summary>
    public bool? Not { get; init; }

    /// <summary>Least characters of <c>length</c>.</summary>
    public int? Min { get; init; }

    /// <summary>Most characters of <c>length</c>.</summary>
    public int? Max { get; init; }

    /// <summary>Headings of <c>sections</c>, in order.</summary>
    public ImmutableArray<string> Sections { get; init; } = [];

    /// <summary>Two letters of <c>language</c>, or the language of untagged blocks of <c>code</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Whether <c>code</c> demands a block; null = no.</summary>
    public bool? Required { get; init; }

    /// <summary>Marker of <c>final_answer</c>; null = the usual ones.</summary>
    public string? Marker { get; init; }

    /// <summary>Whether a number must follow the marker; null = no.</summary>
    public bool? Number { get; init; }

    /// <summary>Least share of <c>numbers_used</c> or <c>agreement</c>, 0..1.</summary>
    public double? Share { get; init; }

    /// <summary>Hedges per 1,000 characters of <c>refusal</c>.</summary>
    public double? Hedges { get; init; }

    /// <summary>Choices of <c>choice</c>; empty = the lettered ones of the question.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Least mean log-probability of <c>logprobs</c>.</summary>
    public double? MeanLogprob { get; init; }

    /// <summary>Least log-probability of any token of <c>logprobs</c>.</summary>
    public double? LeastLogprob { get; init; }

    /// <summary>Most mean entropy of <c>logprobs</c>, in nats.</summary>
    public double? Entropy { get; init; }

    /// <summary>Stated certainty → share that was right, of <c>self_confidence</c>.</summary>
    public ImmutableDictionary<string, string> Table { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether <c>self_confidence</c> may decide alone; null = no.</summary>
    public bool? Alone { get; init; }

    /// <summary>What <c>agreement</c> compares: number, choice, json or text.</summary>
    public string? Compare { get; init; }

    /// <summary>Models whose samples <c>agreement</c> compares, one call each.</summary>
    public ImmutableArray<string> Samples { get; init; } = [];

    /// <summary>Model of <c>judge</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Rubric of <c>judge</c>.</summary>
    public string? Rubric { get; init; }

    /// <summary>JSON Schema of <c>json_schema</c>, as JSON; null = the caller's.</summary>
    public string? Schema { get; init; }

    /// <summary>Router file of <c>learned</c>, absolute.</summary>
    public string? File { get; init; }

    /// <summary>Address of <c>webhook</c>.</summary>
    public string? Url { get; init; }

    /// <summary>Secret by which <c>webhook</c> signs.</summary>
    public Secret? Secret { get; init; }
}
