using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Chat;

/// <summary>What a caller said of a request beside its body (<c>x-wye-*</c> headers, or arguments of the library).</summary>
public sealed record CallerHints
{
    /// <summary>Nothing said.</summary>
    public static CallerHints None { get; } = new();

    /// <summary>Quality bar, 0..1; null = the route's.</summary>
    public Probability? Quality { get; init; }

    /// <summary>Most that the request may cost; null = no cap of its own.</summary>
    public Usd? MaxCost { get; init; }

    /// <summary>What to favour: <c>cost</c>, <c>quality</c> or <c>speed</c>; null = the route's.</summary>
    public string? Prefer { get; init; }

    /// <summary>Name of the workflow step; null = none.</summary>
    public string? Step { get; init; }

    /// <summary>Kind of the step; null = inferred.</summary>
    public StepKind? StepKind { get; init; }

    /// <summary>How much the request may be degraded.</summary>
    public CallerPriority Priority { get; init; } = CallerPriority.Normal;

    /// <summary>Id of the workflow run; null = none.</summary>
    public string? Run { get; init; }

    /// <summary>Id of the conversation; null = none.</summary>
    public string? Session { get; init; }

    /// <summary>Free tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>
    /// Unfinished features of their own wire format that the caller opts into, as their header names them; sent on to providers
    /// of the same format; null = none.
    /// </summary>
    public string? Betas { get; init; }

    /// <summary>Whether the full explanation is wanted with the answer.</summary>
    public bool Explain { get; init; }
}
