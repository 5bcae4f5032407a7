using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Most that a call can cost, as a function of its output bound.</summary>
/// <param name="Fixed">The prompt and fees, whatever is answered.</param>
/// <param name="PerOutputToken">Each token of the output bound, all choices together.</param>
/// <param name="OutputTokens">The output bound wanted.</param>
/// <param name="LeastOutputTokens">The least one that may be set instead.</param>
public readonly record struct CallBound(Usd Fixed, Usd PerOutputToken, long OutputTokens, long LeastOutputTokens)
{
    /// <summary>Most that the call can cost with that output bound; the largest amount there is when it is more.</summary>
    public Usd At(long outputTokens)
    {
        var cost = Fixed.PicoDollars + ((Int128)PerOutputToken.PicoDollars * outputTokens);
        return new Usd((long)Int128.Min(cost, long.MaxValue));
    }

    /// <summary>Most that the call can cost as it is wanted.</summary>
    public Usd Whole => At(OutputTokens);
}
