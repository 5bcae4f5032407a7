using System.Collections.Immutable;

namespace Wye.Routing.Routes;

/// <summary>How a route cascades (<c>cascade</c>): its stages, cheapest first. Immutable.</summary>
public sealed record CascadeModel
{
    /// <summary>The stages, in the order they are tried; at least two.</summary>
    public required ImmutableArray<CascadeStage> Stages { get; init; }

    /// <summary>Whether a stage sees the answer that was refused before it; default false.</summary>
    public bool ShowRefused { get; init; }
}
