using System.Collections.Immutable;
using Wye.Ledger.Corrections;

namespace Wye.Ledger;

/// <summary>
/// A finished request with its attempts: what is written in one go. Its intents are closed, its reservations become what was
/// really spent.
/// </summary>
/// <param name="Request">The request's row.</param>
/// <param name="Attempts">Its attempts, in order; empty = nothing was called.</param>
public sealed record LedgerRecord(RequestEntry Request, ImmutableArray<AttemptEntry> Attempts) : LedgerStep
{
    /// <summary>Whether openings were asked for, so that intents may stand in the store; not stored itself.</summary>
    public bool HasIntents { get; init; }

    /// <summary>What was said later of its cost; as read, not written with it.</summary>
    public ImmutableArray<Correction> Corrections { get; init; } = [];
}
