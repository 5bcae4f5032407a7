using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>What a process holds of one account in advance, so that its calls need no transaction to reserve.</summary>
/// <param name="account">Number of the account.</param>
/// <param name="id">Its name.</param>
internal sealed class BudgetSlice(long account, AccountId id)
{
    // Of what is left of a limit, a slice is so small a part that others hardly miss it, and never more than so many calls need.
    private const int LeastShare = 64;
    private const int MostCalls = 1024;
    private const int LeastCalls = 32;

    /// <summary>Number of the account.</summary>
    public long Account { get; } = account;

    /// <summary>Its name.</summary>
    public AccountId Id { get; } = id;

    /// <summary>Held and not given to a call; read and written under the lock of <see cref="QuickOpenings"/>.</summary>
    public Usd Free { get; set; }

    /// <summary>Limit of the budget when money was taken; a call that knows another one asks the account itself.</summary>
    public Usd Limit { get; set; }

    /// <summary>When it was used last, on the monotonic clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>All that is held in the account, for calls and in advance; as the transaction under way leaves it.</summary>
    public Usd Held { get; set; }

    /// <summary>Most that the newest call from it may cost.</summary>
    public Usd Amount { get; set; }

    /// <summary>Whether calls have spent from it lately.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Becomes <see cref="Free"/> once the transaction under way is committed.</summary>
    public Usd Granted { get; set; }

    /// <summary>Whether the transaction under way touched it.</summary>
    public bool IsTouched { get; set; }

    /// <summary>How much should be free of what the limit leaves, itself included; zero = so near the limit, each call asks.</summary>
    public Usd Target(Usd left)
    {
        var target = Math.Min(left.PicoDollars / LeastShare, Saturated(Amount.PicoDollars, MostCalls));
        return target < Saturated(Amount.PicoDollars, LeastCalls) ? Usd.Zero : new Usd(target);
    }

    private static long Saturated(long amount, int calls) =>
        amount > long.MaxValue / calls ? long.MaxValue : amount * calls;
}
