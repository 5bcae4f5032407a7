using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>Where the ledger is kept. Append-only. <see cref="Append"/> is called by one writer; reads come from anywhere.</summary>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Writes all records in one transaction; they are durable when it returns. May block: the writer has its own thread.</summary>
    /// <exception cref="LedgerUnavailableException">Nothing was written: disk full, locked, read-only, corrupt.</exception>
    /// <exception cref="ArgumentException">
    /// Nothing was written: a record cannot be stored, because its id is already recorded, an attempt belongs to another
    /// request or repeats a number, or a value is not a number.
    /// </exception>
    /// <remarks>Times are kept to the microsecond. No records = nothing happens.</remarks>
    void Append(ReadOnlySpan<LedgerRecord> records);

    /// <summary>A request with its attempts; null = not recorded.</summary>
    Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken);

    /// <summary>The last requests recorded, newest first.</summary>
    /// <param name="count">1..1000.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken);

    /// <summary>Sums over everything recorded.</summary>
    Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken);
}
