namespace Wye.Ledger;

/// <summary>Sums over the whole ledger; exact.</summary>
/// <param name="Requests">Requests recorded.</param>
/// <param name="Attempts">Upstream calls recorded.</param>
/// <param name="CostPicoDollars">Cost of all attempts with a known price, in p$.</param>
/// <param name="EstimatedAttempts">Attempts whose usage is an estimate.</param>
/// <param name="UnpricedAttempts">Attempts whose price is unknown.</param>
public sealed record LedgerTotals(
    long Requests,
    long Attempts,
    Int128 CostPicoDollars,
    long EstimatedAttempts,
    long UnpricedAttempts
)
{
    /// <summary>Corrections made.</summary>
    public long Corrections { get; init; }

    /// <summary>What they add up to, in p$; not part of <see cref="CostPicoDollars"/>.</summary>
    public Int128 CorrectedPicoDollars { get; init; }
}
