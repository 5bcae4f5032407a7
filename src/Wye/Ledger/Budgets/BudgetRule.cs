using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Decides whether a call fits the budgets that apply, and how far its output must be bound to fit. Pure.</summary>
/// <remarks>Stores ask it inside the transaction that takes the reservation.</remarks>
public static class BudgetRule
{
    /// <summary>Decides about one call.</summary>
    /// <param name="bound">Most the call can cost.</param>
    /// <param name="shares">The budgets that apply.</param>
    /// <param name="balances">What stands against each of them.</param>
    /// <param name="at">When it is made.</param>
    public static Reservation Decide(
        in CallBound bound,
        ReadOnlySpan<BudgetShare> shares,
        ReadOnlySpan<AccountBalance> balances,
        DateTimeOffset at
    )
    {
        if (bound.OutputTokens < 0 || shares.Length != balances.Length)
        {
            throw new ArgumentException("A call's bound must not be negative, and each share has one balance.");
        }

        var (tightest, left) = (-1, new Usd(long.MaxValue));
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i].Budget.Hard && balances[i].Left(shares[i].Budget.Limit) is var mine && mine < left)
            {
                (tightest, left) = (i, mine);
            }
        }

        var tokens = Fitting(bound, left);
        if (tokens is null)
        {
            return Refuse(bound, shares[tightest], left, at);
        }

        var amount = bound.At(tokens.Value);
        return new Reservation
        {
            Amount = amount,
            OutputTokens = tokens < bound.OutputTokens ? (int)Math.Min(tokens.Value, int.MaxValue) : null,
            Overrun = Overrun(shares, balances, amount),
        };
    }

    private static long? Fitting(in CallBound bound, Usd left)
    {
        if (bound.Whole <= left)
        {
            return bound.OutputTokens;
        }

        var rest = left.PicoDollars - bound.Fixed.PicoDollars;
        if (rest < 0 || bound.PerOutputToken.PicoDollars <= 0)
        {
            return null;
        }

        var most = rest / bound.PerOutputToken.PicoDollars;
        return most >= bound.LeastOutputTokens ? Math.Min(most, bound.OutputTokens) : null;
    }

    private static Reservation Refuse(in CallBound bound, in BudgetShare share, Usd left, DateTimeOffset at)
    {
        var end = BudgetCalendar.At(share.Budget.Window, share.Budget.TimeZone, at).End;
        var needed = bound.At(Math.Min(bound.LeastOutputTokens, bound.OutputTokens));
        return new Reservation
        {
            Refusal = new BudgetRefusal(share, left, needed, end == DateTimeOffset.MaxValue ? null : end),
        };
    }

    private static ImmutableArray<string> Overrun(
        ReadOnlySpan<BudgetShare> shares,
        ReadOnlySpan<AccountBalance> balances,
        Usd amount
    )
    {
        ImmutableArray<string> overrun = [];
        for (var i = 0; i < shares.Length; i++)
        {
            if (!shares[i].Budget.Hard && amount > balances[i].Left(shares[i].Budget.Limit))
            {
                overrun = overrun.Add(shares[i].Budget.Name);
            }
        }

        return overrun;
    }
}
