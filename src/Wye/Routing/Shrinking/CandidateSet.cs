using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Shrinking;

/// <summary>The candidates left for a request, and what plans over them share. Requests of one size and sort share it.</summary>
internal sealed class CandidateSet
{
    private readonly PlanNode[]?[] _chains;
    private PlanNode[]?[]? _descents;

    public CandidateSet(
        ImmutableArray<Candidate> selectable,
        ImmutableArray<Candidate> all,
        ImmutableArray<Removal> removals,
        Model? strong,
        string? note
    )
    {
        Selectable = selectable;
        All = all;
        Removals = removals;
        Strong = strong;
        Note = note;
        _chains = new PlanNode[]?[all.Length];
        Usd? least = null;
        foreach (var candidate in selectable)
        {
            if (candidate.ExpectedCost is { } cost && !(cost >= least))
            {
                (least, Cheapest) = (cost, candidate.Model);
            }
        }
    }

    /// <summary>The cheapest candidate by expected cost; null = none has a known price.</summary>
    public Model? Cheapest { get; }

    /// <summary>Candidates that policies choose among.</summary>
    public ImmutableArray<Candidate> Selectable { get; }

    /// <summary>The same, then models that are only fallbacks.</summary>
    public ImmutableArray<Candidate> All { get; }

    public ImmutableArray<Removal> Removals { get; }

    /// <summary>The model savings are counted against; null = none.</summary>
    public Model? Strong { get; }

    /// <summary>What <c>why</c> shall say besides the choice, e.g. that the configured strong model is not eligible; null = nothing.</summary>
    public string? Note { get; }

    /// <summary>The nodes of a plan that starts at a candidate, kept from an earlier request; null = not yet made.</summary>
    /// <param name="candidate">Its index in <see cref="All"/>.</param>
    /// <param name="descends">Whether the plan leads down to cheaper models when the money does not reach.</param>
    public PlanNode[]? ChainFrom(int candidate, bool descends) =>
        (descends ? Volatile.Read(ref _descents) : _chains) is { } kept ? Volatile.Read(ref kept[candidate]) : null;

    /// <summary>Keeps the nodes of a plan; two requests may both make them, either will do.</summary>
    public void KeepChain(int candidate, bool descends, PlanNode[] nodes)
    {
        // Made when a budget first applies: most requests have none.
        var kept = _chains;
        if (descends)
        {
            Interlocked.CompareExchange(ref _descents, new PlanNode[]?[_chains.Length], null);
            kept = _descents;
        }

        Volatile.Write(ref kept[candidate], nodes);
    }
}
