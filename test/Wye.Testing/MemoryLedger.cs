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

    /// <inheritdoc/>
    public ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        Tokens.Add(cancellationToken);
        journal?.Add("settle");
        if (Fault is not null)
        {
            return ValueTask.FromException(Fault);
        }

        Records.Add(record);
        return ValueTask.CompletedTask;
    }
}
