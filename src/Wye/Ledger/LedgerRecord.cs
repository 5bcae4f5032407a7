using System.Collections.Immutable;

namespace Wye.Ledger;

/// <summary>A finished request with its attempts: what is written in one go.</summary>
/// <param name="Request">The request's row.</param>
/// <param name="Attempts">Its attempts, in order; empty = nothing was called.</param>
public sealed record LedgerRecord(RequestEntry Request, ImmutableArray<AttemptEntry> Attempts);
