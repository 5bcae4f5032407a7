using System.Globalization;

namespace Wye.Cli.Reports;

/// <summary>Sums in p$ for people and programs.</summary>
internal static class Amount
{
    private const decimal PerDollar = 1_000_000_000_000m;

    /// <summary>Dollars, exact up to 10^16 of them.</summary>
    public static decimal Dollars(Int128 pico) => (decimal)pico / PerDollar;

    /// <summary>Rounded for people: four decimals, six when it is small.</summary>
    public static string Text(Int128 pico)
    {
        var dollars = Dollars(pico);
        var size = Math.Abs(dollars);
        var format =
            size is > 0 and < 0.01m ? "0.000000"
            : size < 100 ? "0.0000"
            : "#,##0.00";
        return (dollars < 0 ? "-$" : "$") + size.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A part of a whole as a percentage, e.g. <c>12.3 %</c>.</summary>
    public static string Share(Int128 part, Int128 whole) =>
        whole == 0 ? "–" : ((double)part / (double)whole).ToString("0.0 %", CultureInfo.InvariantCulture);
}
