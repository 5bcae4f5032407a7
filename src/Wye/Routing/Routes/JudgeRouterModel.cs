using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Routing.Routes;

/// <summary>How a route asks a model who shall answer (<c>judge_router</c>). Immutable.</summary>
public sealed record JudgeRouterModel
{
    /// <summary>Default of <see cref="Timeout"/>.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The model asked.</summary>
    public required ModelId Model { get; init; }

    /// <summary>What it is asked; default difficulty.</summary>
    public JudgeForm Form { get; init; } = JudgeForm.Difficulty;

    /// <summary>Tier by label, where it differs from small, medium, large.</summary>
    public ImmutableDictionary<string, TierName> Labels { get; init; } = ImmutableDictionary<string, TierName>.Empty;

    /// <summary>How long the answer is waited for; default 1 s. Later, the strongest answers.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Most that asking may cost; null = the request's cap.</summary>
    public Usd? MaxCost { get; init; }

    /// <summary>Whether labels are remembered, per key; default true.</summary>
    public bool Remember { get; init; } = true;
}
