using Wye.Ledger;

namespace Wye.Testing;

/// <summary>A ledger writer that keeps its records in memory.</summary>
public sealed class MemoryLedger(IList<string>? journal = null) : ILedgerWriter
{
    /// <summary>Records settled, in order.</summary>
    public IList<LedgerRecord> Records { get; } = [];

    /// <summary>Thrown instead of settling; null = settles.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Tokens that came with the calls.</summary>
    public IList<CancellationToken> Tokens { get; } = [];

    /// <summary>Decides openings and hears of settlements, as a store would; null = no budgets are kept.</summary>
    public Action<LedgerStep>? Keeper { get; set; }

    /// <summary>Records that could not be settled, in order.</summary>
    public IList<LedgerRecord> Debts { get; } = [];

    /// <inheritdoc/>
    public bool WritesIntents => Keeper is not null;

    /// <inheritdoc/>
    public ValueTask OpenAsync(OpeningStep opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        journal?.Add("open");
        try
        {
            Keeper!(opening);
            return ValueTask.CompletedTask;
        }
        catch (LedgerUnavailableException fault)
        {
            return ValueTask.FromException(fault);
        }
    }

    /// <inheritdoc/>
    public void Owe(LedgerRecord record) => Debts.Add(record);

    /// <inheritdoc/>
    public ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        Tokens.Add(cancellationToken);
        journal?.Add("settle");
        if (Fault is not null)
        {
            return ValueTask.FromException(Fault);
        }

        Keeper?.Invoke(record);
        Records.Add(record);
        return ValueTask.CompletedTask;
    }
}
