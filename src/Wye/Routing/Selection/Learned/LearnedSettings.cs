using Wye.Primitives;

namespace Wye.Routing.Selection.Learned;

/// <summary>How a route uses the learned router.</summary>
internal sealed record LearnedSettings
{
    /// <summary>The quality bar where neither caller nor route sets one.</summary>
    public const double DefaultBar = 0.8;

    /// <summary>Quality that a dollar per request is worth: 0.01 of quality is worth $0.001.</summary>
    public const double DefaultLambda = 10;

    /// <summary>What holds where a route says nothing.</summary>
    public static LearnedSettings Default { get; } = new();

    /// <summary>What is optimised.</summary>
    public Objective Objective { get; init; }

    /// <summary>Strong iff the gain is at least this; null = the router's calibrated one.</summary>
    public double? Threshold { get; init; }

    /// <summary>λ of <c>tradeoff</c>, in quality per USD.</summary>
    public double Lambda { get; init; } = DefaultLambda;

    /// <summary>Sliders of <c>utility</c>.</summary>
    public Preference Prefer { get; init; } = Preference.Default;

    /// <summary>Weak model of <c>threshold</c>; null = the cheapest of the lowest tier.</summary>
    public ModelId? Weak { get; init; }
}
