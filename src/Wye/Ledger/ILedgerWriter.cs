namespace Wye.Ledger;

/// <summary>Takes finished requests into the ledger. Delivery calls it before the last byte of an answer leaves. Thread-safe.</summary>
public interface ILedgerWriter
{
    /// <summary>Completes when the record is committed.</summary>
    /// <param name="record">A finished request with its attempts.</param>
    /// <param name="cancellationToken">Never drops the row: what was spent is recorded although the caller left.</param>
    /// <exception cref="LedgerUnavailableException">The record could not be committed.</exception>
    ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken);
}
