namespace Wye.Ledger;

/// <summary>Takes calls before they are made and requests when they are finished. Delivery calls it. Thread-safe.</summary>
public interface ILedgerWriter
{
    /// <summary>Whether a call needs an intent although no hard budget applies to it; default false.</summary>
    bool WritesIntents => false;

    /// <summary>Completes when the opening is committed, or held as surely; what was decided stands in <see cref="OpeningStep.Outcome"/>.</summary>
    /// <remarks>The default keeps neither intents nor budgets: it refuses where a budget applies.</remarks>
    /// <param name="opening">A call that is about to be made.</param>
    /// <exception cref="LedgerUnavailableException">It could not be committed: the call must not be made.</exception>
    ValueTask OpenAsync(OpeningStep opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (!opening.Shares.IsEmpty)
        {
            return ValueTask.FromException(new LedgerUnavailableException("This ledger keeps no budgets."));
        }

        opening.Outcome = new Reservation { Amount = opening.Intent.Bound?.Whole };
        return ValueTask.CompletedTask;
    }

    /// <summary>Completes when the record is committed, or kept as surely.</summary>
    /// <param name="record">A finished request with its attempts.</param>
    /// <param name="cancellationToken">Never drops the row: what was spent is recorded although the caller left.</param>
    /// <exception cref="LedgerUnavailableException">The record could not be committed.</exception>
    ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken);

    /// <summary>Takes a record that could not be committed, to write it when the store is back. Never waits, never throws.</summary>
    /// <param name="record">As its caller was told.</param>
    void Owe(LedgerRecord record) { }
}
