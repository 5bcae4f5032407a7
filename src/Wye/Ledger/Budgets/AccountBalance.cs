using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>What stands against an account's limit.</summary>
/// <param name="Settled">Spent by calls that have ended.</param>
/// <param name="Reserved">Held for calls that run.</param>
public readonly record struct AccountBalance(Usd Settled, Usd Reserved)
{
    /// <summary>What a limit leaves; never negative.</summary>
    public Usd Left(Usd limit)
    {
        var left = (Int128)limit.PicoDollars - Settled.PicoDollars - Reserved.PicoDollars;
        return left > 0 ? new Usd((long)left) : Usd.Zero;
    }
}
