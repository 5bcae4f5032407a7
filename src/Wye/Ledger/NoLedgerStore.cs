using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>Keeps nothing, by the host's own choice.</summary>
internal sealed class NoLedgerStore : ILedgerStore
{
    private static readonly LedgerTotals Nothing = new(0, 0, Int128.Zero, 0, 0);

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records) { }

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
