using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Wye.Catalog;
using Wye.Chat;
using Wye.Routing.Plans;
using Wye.Signals;

namespace Wye.Routing;

/// <summary>What routing made of a request: a plan or an error, and what it decided upon.</summary>
public readonly record struct RoutingResult
{
    /// <summary>The plan; null = <see cref="Error"/> says why there is none.</summary>
    public RoutePlan? Plan { get; init; }

    /// <summary>Why there is no plan; null = there is one.</summary>
    public ChatError? Error { get; init; }

    /// <summary>What was measured; null = the model asked is not known, so nothing was measured.</summary>
    public SignalSet? Signals { get; init; }

    /// <summary>Eligible, affordable candidates, cheapest tier first, then models that are only fallbacks; empty on errors.</summary>
    public ImmutableArray<Candidate> Candidates { get; init; }

    /// <summary>Every candidate removed and why.</summary>
    public ImmutableArray<Removal> Removals { get; init; }

    /// <summary>The cheapest candidate by expected cost; null = none has a known price.</summary>
    public Model? Cheapest { get; init; }

    /// <summary>The policy that decided before, and what it would have chosen; null = the route had no other.</summary>
    public RoutePlan? Previous { get; init; }

    /// <summary>How <c>learned</c> chose; null = it was not asked, or nobody wants to know.</summary>
    internal DecisionTrace? Trace { get; init; }

    /// <summary>Whether there is a plan.</summary>
    [MemberNotNullWhen(true, nameof(Plan), nameof(Signals))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsPlanned => Plan is not null;
}
