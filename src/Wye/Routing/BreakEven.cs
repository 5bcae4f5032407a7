using Wye.Primitives;

namespace Wye.Routing;

/// <summary>The share of escalations at which a cascade costs as much as going to the strong model at once.</summary>
public static class BreakEven
{
    /// <summary>e* = 1 − (c_w + v) / c_s; at or below 0 the cascade never pays.</summary>
    /// <param name="weak">Cost of the weak call, c_w; null = unknown.</param>
    /// <param name="verifier">Cost of judging its answer, v.</param>
    /// <param name="strong">Cost of the strong call, c_s; null = unknown.</param>
    /// <returns>The share, at most 1; null when a cost is unknown or the strong call is free.</returns>
    public static double? Of(Usd? weak, Usd verifier, Usd? strong) =>
        weak is { } w && strong is { PicoDollars: > 0 } s
            ? 1 - (((double)w.PicoDollars + verifier.PicoDollars) / s.PicoDollars)
            : null;
}
