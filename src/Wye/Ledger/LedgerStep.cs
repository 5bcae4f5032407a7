namespace Wye.Ledger;

/// <summary>One thing the ledger's writer commits: an opening before a call, or the settlement of a finished request.</summary>
public abstract record LedgerStep
{
    private protected LedgerStep() { }
}
