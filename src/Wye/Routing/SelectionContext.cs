using System.Collections.Immutable;
using Wye.Chat;
using Wye.Health;
using Wye.Primitives;
using Wye.Quality.Estimates;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Routing.Shrinking;
using Wye.Sessions;
using Wye.Signals;

namespace Wye.Routing;

/// <summary>What a selection policy decides upon: the request, its signals, the route and the candidates that are left.</summary>
public sealed class SelectionContext
{
    /// <summary>The request.</summary>
    public required ChatRequest Request { get; init; }

    /// <summary>What was measured on it.</summary>
    public required SignalSet Signals { get; init; }

    /// <summary>The route.</summary>
    public required RouteModel Route { get; init; }

    /// <summary>The moment's facts and routes.</summary>
    public required RoutingSnapshot Snapshot { get; init; }

    /// <summary>Eligible, affordable candidates, cheapest tier first; never empty.</summary>
    public required ImmutableArray<Candidate> Candidates { get; init; }

    /// <summary>Candidates removed so far.</summary>
    public required ImmutableArray<Removal> Removals { get; init; }

    /// <summary>Live state of deployments.</summary>
    public required HealthRegistry Health { get; init; }

    /// <summary>The concrete model the caller named; null = a route was asked. Always the first candidate.</summary>
    public ModelId? Asked { get; init; }

    /// <summary>Whether a <c>/model</c> line named the target and is left out upstream.</summary>
    public bool CutDirective { get; init; }

    /// <summary>The key the request came with.</summary>
    public KeyId Key { get; init; }

    /// <summary>The moment, in the snapshot's zone.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Whether a budget applies, so that plans say who answers when the money does not reach; default false.</summary>
    public bool Budgeted { get; init; }

    /// <summary>Remaining fraction of the tightest budget, 0..1; 1 = no budget.</summary>
    public double BudgetFraction { get; init; } = 1;

    /// <summary>The same measured by the time that is left: half the budget for half the window is 1; 1 = no budget.</summary>
    public double PacedFraction { get; init; } = 1;

    /// <summary>The request as a turn of its conversation, with what is remembered of it; null = not held on this route.</summary>
    public SessionTurn? Session { get; init; }

    /// <summary>What was waited for before routing; null = nothing.</summary>
    internal PreparedPrompt? Prepared { get; init; }

    /// <summary>Where a policy writes down how it chose; null = nobody asks.</summary>
    internal DecisionTrace? Trace { get; init; }

    /// <summary>Why a policy that was asked could not decide, for the <c>why</c> of the one that does; null = nothing to say.</summary>
    internal string? Note { get; set; }

    /// <summary>Labels that were given to requests before; null = none are kept.</summary>
    public DecisionCache? Decisions { get; init; }

    /// <summary>The candidates with what is kept between equal requests; null = a context made by hand.</summary>
    internal CandidateSet? Set { get; init; }

    /// <summary>The same with fewer candidates.</summary>
    internal SelectionContext With(CandidateSet set) =>
        new()
        {
            Request = Request,
            Signals = Signals,
            Route = Route,
            Snapshot = Snapshot,
            Candidates = set.Selectable,
            Removals = set.Removals,
            Health = Health,
            Asked = Asked,
            CutDirective = CutDirective,
            Key = Key,
            Now = Now,
            Budgeted = Budgeted,
            BudgetFraction = BudgetFraction,
            PacedFraction = PacedFraction,
            Prepared = Prepared,
            Trace = Trace,
            Session = Session,
            Decisions = Decisions,
            Set = set,
        };
}
