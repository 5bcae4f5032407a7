using System.Globalization;
using System.Net;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning.Reports;

/// <summary>Text and numbers as HTML; every text from outside goes through <see cref="Escape"/>.</summary>
internal static class Html
{
    /// <summary>Safe in text and in quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Three decimals; a dash where it is not defined.</summary>
    public static string Number(double value) => Figure.Text(value);

    /// <summary>An amount per 1,000 calls: three significant digits.</summary>
    public static string Amount(double value) =>
        !double.IsFinite(value) ? "–"
        : value == 0 ? "0"
        : value >= 100 ? value.ToString("F0", CultureInfo.InvariantCulture)
        : value >= 1 ? value.ToString("F2", CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>One decimal of a percent.</summary>
    public static string Percent(double value) =>
        double.IsFinite(value) ? value.ToString("0.0 %", CultureInfo.InvariantCulture) : "–";

    /// <summary>Value with its interval in small print.</summary>
    public static string Interval(Figure figure) =>
        double.IsFinite(figure.Low)
            ? $"{Number(figure.Value)}<small>{Number(figure.Low)}–{Number(figure.High)}</small>"
            : Number(figure.Value);

    /// <summary>Value with its interval, in percent.</summary>
    public static string PercentInterval(Figure figure) =>
        double.IsFinite(figure.Low)
            ? $"{Percent(figure.Value)}<small>{Percent(figure.Low)} to {Percent(figure.High)}</small>"
            : Percent(figure.Value);

    /// <summary>A table; cells are HTML already. The first <paramref name="own"/> rows stand out.</summary>
    public static string Table(string[] headers, IEnumerable<string[]> rows, int own = 1)
    {
        string head = string.Concat(headers.Select(h => $"<th>{Escape(h)}</th>"));
        string body = string.Concat(
            rows.Select(
                (row, i) =>
                    $"<tr{(i < own ? " class=\"own\"" : "")}>{string.Concat(row.Select(c => $"<td>{c}</td>"))}</tr>\n"
            )
        );
        return $"<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>";
    }

    /// <summary>A legend entry per (class, text).</summary>
    public static string Legend(params (string Class, string Text)[] entries) =>
        $"<div class=\"legend\">{string.Concat(entries.Select(e => $"<span class=\"{e.Class}\"><i></i>{Escape(e.Text)}</span>"))}</div>";
}
