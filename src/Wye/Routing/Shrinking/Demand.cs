using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Fallbacks;
using Wye.Routing.Routes;
using Wye.Signals;

namespace Wye.Routing.Shrinking;

/// <summary>What one request demands of a model, in numbers.</summary>
/// <param name="PromptTokens">Estimated prompt tokens.</param>
/// <param name="OutputTokens">Expected output tokens.</param>
/// <param name="MaxOutputTokens">Output bound the caller set; null = none.</param>
/// <param name="MaxCost">Cost cap; null = none.</param>
/// <param name="Models">Models the key may use; null = any.</param>
/// <param name="Asked">The concrete model the caller named; null = none.</param>
internal readonly record struct Demand(
    int PromptTokens,
    int OutputTokens,
    int? MaxOutputTokens,
    Usd? MaxCost,
    FrozenSet<ModelId>? Models,
    ModelId? Asked
)
{
    /// <summary>Tags the caller sent.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Tokens as rate limits count them.</summary>
    public long ExpectedTokens => (long)PromptTokens + OutputTokens;

    /// <summary>Tokens that must fit a context window: the estimate plus the output asked for, or expected.</summary>
    public long ContextTokens => Embeds ? 0 : (long)PromptTokens + (MaxOutputTokens ?? OutputTokens);

    /// <summary>Whether vectors are asked for: each text has a window of its own, and nothing is put out.</summary>
    public bool Embeds { get; init; }

    public static Demand Of(
        ChatRequest request,
        SignalSet signals,
        RouteModel route,
        RoutingGrant grant,
        ModelId? asked
    ) =>
        new(
            signals.PromptTokens,
            ExpectedOutput.Tokens(signals, request),
            request.MaxOutputTokens,
            FallbackOrder.Least(request.Hints.MaxCost, route.MaxCost),
            grant.Models,
            asked
        )
        {
            Embeds = (request.Features & ChatFeatures.Embedding) != ChatFeatures.None,
            Tags = request.Hints.Tags.IsDefault ? [] : request.Hints.Tags,
        };
}
