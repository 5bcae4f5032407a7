using System.Globalization;

namespace Wye.Primitives;

/// <summary>An exact amount of money in integer pico-dollars (1 USD = 10^12 p$); may be negative for corrections.</summary>
/// <remarks>
/// A price of $1 per 1,000,000 tokens is 1,000,000 p$ per token, so list prices down to $0.000001 per million are exact.
/// Range: about ±9.2 million USD per value; arithmetic that leaves it throws <see cref="OverflowException"/>. Sums over
/// many rows are taken in <see cref="Int128"/>. Rounded only for display.
/// </remarks>
/// <param name="PicoDollars">Amount in p$.</param>
public readonly record struct Usd(long PicoDollars) : IComparable<Usd>
{
    /// <summary>Pico-dollars in one US dollar.</summary>
    public const long PicoDollarsPerDollar = 1_000_000_000_000;

    private const int MaxTextLength = 28;

    /// <summary>No money.</summary>
    public static Usd Zero => default;

    /// <summary>The price of one token, from a list price in USD per 1,000,000 tokens.</summary>
    /// <exception cref="ArgumentException">The price is finer than 1 p$ per token and so not exact.</exception>
    public static Usd PerMillionTokens(decimal usd)
    {
        var pico = usd * 1_000_000m;
        return pico == decimal.Truncate(pico)
            ? new Usd((long)pico)
            : throw new ArgumentException(
                $"{usd} USD per 1M tokens is finer than a pico-dollar per token.",
                nameof(usd)
            );
    }

    /// <summary>An amount in whole and fractional dollars, truncated towards zero to a pico-dollar.</summary>
    public static Usd FromDollars(decimal usd) => new((long)(usd * PicoDollarsPerDollar));

    /// <summary>
    /// Reads dollars as digits with an optional sign and decimal point, e.g. <c>0.000075</c>; invariant culture, no currency
    /// sign, no exponent. False also when the amount is finer than a pico-dollar or out of range: nothing is rounded.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Usd amount)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        amount = Zero;

        // decimal rounds what it cannot hold; an amount in range has far fewer digits.
        if (
            text.Length > MaxTextLength
            || !decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var dollars)
            || Math.Abs(dollars) > long.MaxValue / PicoDollarsPerDollar
        )
        {
            return false;
        }

        var pico = dollars * PicoDollarsPerDollar;
        if (pico != decimal.Truncate(pico))
        {
            return false;
        }

        amount = new Usd((long)pico);
        return true;
    }

    /// <summary>Amount in dollars; exact.</summary>
    public decimal ToDollars() => (decimal)PicoDollars / PicoDollarsPerDollar;

    /// <inheritdoc/>
    public int CompareTo(Usd other) => PicoDollars.CompareTo(other.PicoDollars);

    /// <summary>
    /// Rounded to six decimals, half away from zero, e.g. <c>0.001250</c>; invariant culture, no currency sign, never
    /// <c>-0.000000</c>.
    /// </summary>
    public override string ToString() =>
        (ToDollars() is var dollars && Math.Abs(dollars) < 0.0000005m ? 0m : dollars).ToString(
            "0.000000",
            CultureInfo.InvariantCulture
        );

    /// <summary>Exact sum.</summary>
    public static Usd operator +(Usd left, Usd right) => new(checked(left.PicoDollars + right.PicoDollars));

    /// <summary>Exact difference.</summary>
    public static Usd operator -(Usd left, Usd right) => new(checked(left.PicoDollars - right.PicoDollars));

    /// <summary>Price per token times a number of tokens.</summary>
    public static Usd operator *(Usd price, long tokens) => new(checked(price.PicoDollars * tokens));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Usd left, Usd right) => left.PicoDollars < right.PicoDollars;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Usd left, Usd right) => left.PicoDollars > right.PicoDollars;

    /// <summary>Whether the left amount is at most the right one.</summary>
    public static bool operator <=(Usd left, Usd right) => left.PicoDollars <= right.PicoDollars;

    /// <summary>Whether the left amount is at least the right one.</summary>
    public static bool operator >=(Usd left, Usd right) => left.PicoDollars >= right.PicoDollars;
}
