using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Bench.Harness;

/// <summary>A store that counts how many steps share a commit.</summary>
internal sealed class CountedStore(ILedgerStore store) : ILedgerStore
{
    private long _commits;
    private long _steps;

    public bool KeepsBudgets => store.KeepsBudgets;

    public double StepsPerCommit => _commits == 0 ? 0 : (double)_steps / _commits;

    public void Clear() => (_commits, _steps) = (0, 0);

    public void Commit(ReadOnlySpan<LedgerStep> steps, BudgetBook? book)
    {
        store.Commit(steps, book);
        _commits++;
        _steps += steps.Length;
    }

    public void Append(ReadOnlySpan<LedgerRecord> records) => store.Append(records);

    public bool KeepUp(BudgetBook? book) => store.KeepUp(book);

    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        store.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken) =>
        store.RecentAsync(count, cancellationToken);

    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) => store.TotalsAsync(cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
