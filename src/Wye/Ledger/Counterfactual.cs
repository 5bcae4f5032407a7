using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>What the answer of a request would have cost by another choice. Other models answer at other lengths, so each is a range.</summary>
public sealed record Counterfactual
{
    /// <summary>By the strong model (<see cref="RequestEntry.Strong"/>); null = unknown price.</summary>
    public CostRange? Strong { get; init; }

    /// <summary>The cheapest model that could have taken the request; null = none with a known price.</summary>
    public ModelId? CheapestModel { get; init; }

    /// <summary>By that model.</summary>
    public CostRange? Cheapest { get; init; }

    /// <summary>Name of the policy the route had before; null = it had no other.</summary>
    public string? PreviousPolicy { get; init; }

    /// <summary>The model that policy would have chosen; null = it would have abstained.</summary>
    public ModelId? PreviousModel { get; init; }

    /// <summary>By that model.</summary>
    public CostRange? Previous { get; init; }
}
