using System.Collections.Frozen;
using Wye.Primitives;

namespace Wye.Routing;

/// <summary>What a key may use at this moment, as its checks found it; the router only reads it.</summary>
public sealed record RoutingGrant
{
    /// <summary>Everything, with no budget.</summary>
    public static RoutingGrant All { get; } = new();

    /// <summary>Routes, aliases and models the key may ask for; null = any.</summary>
    public FrozenSet<string>? Names { get; init; }

    /// <summary>Models the key may be answered by; null = any.</summary>
    public FrozenSet<ModelId>? Models { get; init; }

    /// <summary>Whether a budget applies, so that a call may turn out not to fit; default false.</summary>
    public bool Budgeted { get; init; }

    /// <summary>Remaining fraction of the tightest budget, 0..1; default 1 = no budget.</summary>
    public double BudgetFraction { get; init; } = 1;

    /// <summary>The same measured by the time that is left of the window; default 1.</summary>
    public double PacedFraction { get; init; } = 1;
}
