using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>Keeps no rows, by the host's own choice; budgets hold in memory, from the start of the process.</summary>
internal sealed class NoLedgerStore : ILedgerStore
{
    private static readonly LedgerTotals Nothing = new(0, 0, Int128.Zero, 0, 0);

    private readonly MemoryAccounts _accounts = new();

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public bool KeepsBudgets => true;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records) { }

    /// <inheritdoc/>
    public void Commit(ReadOnlySpan<LedgerStep> steps, BudgetBook? book)
    {
        foreach (var step in steps)
        {
            _accounts.Take(step, book);
        }
    }

    /// <inheritdoc/>
    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        Task.FromResult<LedgerRecord?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RequestEntry>>([]);

    /// <inheritdoc/>
    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) => Task.FromResult(Nothing);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
