using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Facts of a model, resolved from the built-in table and the configuration.</summary>
public sealed record Model
{
    /// <summary>Its name.</summary>
    public required ModelId Id { get; init; }

    /// <summary>Who made it, e.g. <c>openai</c>, <c>meta</c>.</summary>
    public required string Maker { get; init; }

    /// <summary>What it is asked for; default chat.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>List price; null = unknown: never treated as free, and refused where money is bounded.</summary>
    public Price? Price { get; init; }

    /// <summary>Most tokens of prompt and answer together.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Most tokens of one answer; 0 for an embedding model.</summary>
    public required int MaxOutputTokens { get; init; }

    /// <summary>What it can do.</summary>
    public required Capabilities Capabilities { get; init; }

    /// <summary>Quality class when the configuration names no tiers: <c>small</c>, <c>medium</c>, <c>large</c>.</summary>
    public required TierName Tier { get; init; }

    /// <summary>Day from which the provider no longer serves it; null = none announced.</summary>
    public DateOnly? RetiresOn { get; init; }

    /// <summary>Where the facts stand, as a page name and day, e.g. <c>openai pricing page, 2026-11-01</c>.</summary>
    public required string Source { get; init; }
}
