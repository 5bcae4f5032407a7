using System.Globalization;
using Wye.Primitives;

namespace Wye.Cli.Terminals;

/// <summary>Amounts for people; the only place where the program rounds money.</summary>
internal static class Money
{
    /// <summary>Dollars with six decimals, e.g. <c>$0.001250</c>; a dash when unknown.</summary>
    public static string Text(Usd? amount) => amount is { } known ? Signed(known.ToDollars(), "0.000000") : "–";

    /// <summary>A sum with four decimals, e.g. <c>$0.2418</c>.</summary>
    public static string Sum(Usd amount) => Signed(amount.ToDollars(), "0.0000");

    /// <summary>A list price per 1,000,000 tokens, e.g. <c>$0.15</c>.</summary>
    public static string PerMillion(Usd perToken) => Signed(perToken.ToDollars() * 1_000_000m, "0.00####");

    /// <summary>A share as a whole percentage, e.g. <c>76 %</c>.</summary>
    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Signed(decimal dollars, string format) =>
        (dollars < 0 ? "-$" : "$") + Math.Abs(dollars).ToString(format, CultureInfo.InvariantCulture);
}
