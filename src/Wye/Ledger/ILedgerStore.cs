using System.Runtime.InteropServices;
using Wye.Ledger.Budgets;
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

    /// <summary>Whether what is committed outlives the process; default true. Intents make no sense where it does not.</summary>
    bool IsDurable => true;

    /// <summary>Whether it keeps budgets; default false. An opening that a budget applies to is refused by one that does not.</summary>
    bool KeepsBudgets => false;

    /// <summary>
    /// Opens a call at once, without a transaction, if that is as durable and as exact; default never. Does not wait; thread-safe.
    /// </summary>
    /// <param name="opening">A call that is about to be made.</param>
    /// <returns>Whether <see cref="OpeningStep.Outcome"/> says that it may be made; false = it must be committed.</returns>
    bool TryOpen(OpeningStep opening) => false;

    /// <summary>
    /// Keeps a record at once, without a transaction, if that is as durable; default never. It counts as recorded, but the writer
    /// must commit it soon all the same. Does not wait; thread-safe.
    /// </summary>
    /// <param name="record">A finished request with its attempts.</param>
    /// <returns>False = it must be committed before its caller goes on.</returns>
    bool TryKeep(LedgerRecord record) => false;

    /// <summary>
    /// Writes all steps in one transaction, in order, and decides each opening; durable when it returns. Called by the one
    /// writer. The default keeps neither intents nor budgets.
    /// </summary>
    /// <param name="steps">Openings and settlements.</param>
    /// <param name="book">Hears of every balance that changed, once that is committed.</param>
    /// <exception cref="LedgerUnavailableException">Nothing was written, as for <see cref="Append"/>.</exception>
    /// <exception cref="ArgumentException">Nothing was written: a step cannot be stored, as for <see cref="Append"/>.</exception>
    void Commit(ReadOnlySpan<LedgerStep> steps, BudgetBook? book)
    {
        var records = new List<LedgerRecord>(steps.Length);
        foreach (var step in steps)
        {
            if (step is LedgerRecord record)
            {
                records.Add(record);
            }
            else if (step is OpeningStep opening)
            {
                opening.Outcome = opening.Shares.IsEmpty
                    ? new Reservation { Amount = opening.Intent.Bound?.Whole }
                    : throw new ArgumentException("This ledger keeps no budgets.", nameof(steps));
            }
        }

        Append(CollectionsMarshal.AsSpan(records));
    }

    /// <summary>
    /// What is due now and then: open intents of processes that died are settled, balances that others changed are told. Called
    /// by the one writer, a few times per minute.
    /// </summary>
    /// <param name="book">Hears of balances.</param>
    /// <returns>Whether it was proven that the store can be written.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot be written now.</exception>
    bool KeepUp(BudgetBook? book) => false;

    /// <summary>A request with its attempts; null = not recorded.</summary>
    Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken);

    /// <summary>The last requests recorded, newest first.</summary>
    /// <param name="count">1..1000.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken);

    /// <summary>Every request with its attempts, oldest first, that arrived in a span of time. Reads in pages.</summary>
    /// <param name="from">Included; null = from the first one.</param>
    /// <param name="until">Excluded; null = to the last one.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="NotSupportedException">The store cannot be read from end to end.</exception>
    IAsyncEnumerable<LedgerRecord> ReadAsync(
        DateTimeOffset? from,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("This ledger cannot be read from end to end.");

    /// <summary>Sums over everything recorded.</summary>
    Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken);
}
