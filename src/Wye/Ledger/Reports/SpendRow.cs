using Wye.Primitives;

namespace Wye.Ledger.Reports;

/// <summary>Sums over the requests of one day (UTC), key, route, tier and answering model. Money in p$, exact.</summary>
/// <param name="Day">The day they arrived.</param>
/// <param name="Key">Their key.</param>
/// <param name="Route">Their route.</param>
/// <param name="Tier">Tier of the model that answered; empty = none did.</param>
/// <param name="Model">The model that answered; empty = none did.</param>
public sealed record SpendRow(DateOnly Day, KeyId Key, RouteName Route, string Tier, string Model)
{
    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Those that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Those whose usage is in part an estimate.</summary>
    public long Estimated { get; init; }

    /// <summary>Those with a call of unknown price: <see cref="Cost"/> is then a lower bound.</summary>
    public long Unpriced { get; init; }

    /// <summary>What all their calls cost, corrections included.</summary>
    public Int128 Cost { get; init; }

    /// <summary>What the strong model would have cost for the answered calls, less everything paid, failed requests included.</summary>
    public Int128 Saved { get; init; }

    /// <summary>The same at least.</summary>
    public Int128 SavedLow { get; init; }

    /// <summary>The same at most.</summary>
    public Int128 SavedHigh { get; init; }

    /// <summary>Answered requests without a known price of the strong model: they are in no saving.</summary>
    public long Incomparable { get; init; }

    /// <summary>What the cheapest models would have cost, where that is known.</summary>
    public Int128 Cheapest { get; init; }

    /// <summary>What was paid for the requests in <see cref="Cheapest"/>.</summary>
    public Int128 PaidWhereCheapest { get; init; }

    /// <summary>What the policy before would have cost, where there was one.</summary>
    public Int128 Previous { get; init; }

    /// <summary>The same at least.</summary>
    public Int128 PreviousLow { get; init; }

    /// <summary>The same at most.</summary>
    public Int128 PreviousHigh { get; init; }

    /// <summary>What was paid for the requests in <see cref="Previous"/>.</summary>
    public Int128 PaidWherePrevious { get; init; }

    /// <summary>Corrections of their cost.</summary>
    public long Corrections { get; init; }

    /// <summary>What those add up to; part of <see cref="Cost"/>.</summary>
    public Int128 Corrected { get; init; }
}
