using Wye.Primitives;

namespace Wye.Ledger.Writing;

/// <summary>Keeps nothing, costs nothing.</summary>
internal sealed class NullStore : ILedgerStore
{
    public void Append(ReadOnlySpan<LedgerRecord> records) { }

    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
