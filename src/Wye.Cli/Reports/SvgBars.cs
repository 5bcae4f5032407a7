using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace Wye.Cli.Reports;

/// <summary>Draws bars as SVG that needs nothing else. Every text is escaped.</summary>
internal static class SvgBars
{
    private const int Width = 860;

    /// <summary>Upright bars, one per day.</summary>
    public static string Days(ImmutableArray<ReportGroup> days)
    {
        const int height = 240;
        const int left = 70;
        const int bottom = 36;
        const int top = 12;
        var svg = Open(height, "Spend by day");
        var most = Math.Max(days.Select(day => (double)Amount.Dollars(day.Cost)).DefaultIfEmpty(0).Max(), 1e-12);
        var step = (Width - left - 10d) / Math.Max(1, days.Length);
        var bar = Math.Max(1, Math.Min(48, step * 0.72));
        for (var line = 0; line <= 4; line++)
        {
            var y = top + ((height - top - bottom) * (4 - line) / 4d);
            svg.Append(Inv($"<line class=\"grid\" x1=\"{left}\" x2=\"{Width - 10}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(
                Inv(
                    $"<text class=\"axis\" x=\"{left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Axis(most * line / 4)}</text>"
                )
            );
        }

        // At most ten dates fit below.
        var every = Math.Max(1, (int)Math.Ceiling(days.Length / 10d));
        for (var i = 0; i < days.Length; i++)
        {
            var value = (double)Amount.Dollars(days[i].Cost);
            var size = (height - top - bottom) * value / most;
            var x = left + (i * step) + ((step - bar) / 2);
            svg.Append(
                Inv(
                    $"<rect class=\"bar\" x=\"{x:0.##}\" y=\"{height - bottom - size:0.##}\" width=\"{bar:0.##}\" height=\"{size:0.##}\" rx=\"2\"><title>{Escape(days[i].Name)}: {Amount.Text(days[i].Cost)}</title></rect>"
                )
            );
            if (i % every == 0)
            {
                svg.Append(
                    Inv(
                        $"<text class=\"axis\" x=\"{left + (i * step) + (step / 2):0.##}\" y=\"{height - 14}\" text-anchor=\"middle\">{Escape(days[i].Name[5..])}</text>"
                    )
                );
            }
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Lying bars, one per group, longest first.</summary>
    public static string Groups(string title, ImmutableArray<ReportGroup> groups, Int128 whole, int most = 12)
    {
        const int row = 28;
        const int left = 250;
        const int right = 150;
        var shown = groups.Take(most).ToList();
        var svg = Open(Math.Max(1, shown.Count) * row, title);
        var longest = Math.Max(
            shown.Select(group => (double)Amount.Dollars(group.Cost)).DefaultIfEmpty(0).Max(),
            1e-12
        );
        for (var i = 0; i < shown.Count; i++)
        {
            var size = (Width - left - right) * Math.Max(0, (double)Amount.Dollars(shown[i].Cost)) / longest;
            var y = i * row;
            svg.Append(
                Inv(
                    $"<text class=\"label\" x=\"{left - 10}\" y=\"{y + 19}\" text-anchor=\"end\">{Escape(Short(shown[i].Name))}</text>"
                )
            );
            svg.Append(
                Inv(
                    $"<rect class=\"bar\" x=\"{left}\" y=\"{y + 5}\" width=\"{Math.Max(1, size):0.##}\" height=\"{row - 10}\" rx=\"2\"/>"
                )
            );
            svg.Append(
                Inv(
                    $"<text class=\"label\" x=\"{left + Math.Max(1, size) + 8:0.##}\" y=\"{y + 19}\">{Amount.Text(shown[i].Cost)} · {Amount.Share(shown[i].Cost, whole)}</text>"
                )
            );
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Each tier's share with the band it shall lie in.</summary>
    public static string Tiers(ImmutableArray<TierShare> tiers)
    {
        const int row = 40;
        const int left = 120;
        const int right = 210;
        const int scale = Width - left - right;
        var svg = Open(Math.Max(1, tiers.Length) * row, "Answered requests by tier");
        for (var i = 0; i < tiers.Length; i++)
        {
            var (tier, y) = (tiers[i], i * row);
            svg.Append(
                Inv(
                    $"<text class=\"label\" x=\"{left - 10}\" y=\"{y + 24}\" text-anchor=\"end\">{Escape(Short(tier.Name))}</text>"
                )
            );
            svg.Append(
                Inv($"<rect class=\"track\" x=\"{left}\" y=\"{y + 10}\" width=\"{scale}\" height=\"20\" rx=\"2\"/>")
            );
            if (tier.Target is { } target)
            {
                svg.Append(
                    Inv(
                        $"<rect class=\"band\" x=\"{left + (scale * target.Least):0.##}\" y=\"{y + 4}\" width=\"{scale * (target.Most - target.Least):0.##}\" height=\"32\"/>"
                    )
                );
            }

            svg.Append(
                Inv(
                    $"<rect class=\"bar\" x=\"{left}\" y=\"{y + 13}\" width=\"{Math.Max(1, scale * tier.Share):0.##}\" height=\"14\" rx=\"2\"/>"
                )
            );
            var target2 = ReportWords.Target(tier) is { Length: > 0 } text ? $" (target {text})" : "";
            svg.Append(
                Inv(
                    $"<text class=\"label\" x=\"{left + scale + 10}\" y=\"{y + 24}\">{tier.Share * 100:0.0} %{target2}</text>"
                )
            );
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Paid, and what strong would have cost as a range: the gap between them is what was saved.</summary>
    public static string Saved(SpendReport report)
    {
        const int height = 92;
        const int left = 120;
        const int right = 190;
        var svg = Open(height, "Paid and strong model");
        var paid = (double)Amount.Dollars(report.Cost);
        var low = paid + (double)Amount.Dollars(report.Saved.Low);
        var middle = paid + (double)Amount.Dollars(report.Saved.Expected);
        var high = paid + (double)Amount.Dollars(report.Saved.High);
        var most = Math.Max(Math.Max(high, paid), 1e-12);
        double At(double dollars) => left + ((Width - left - right) * Math.Max(0, dollars) / most);
        svg.Append(
            Inv(
                $"<text class=\"label\" x=\"{left - 10}\" y=\"30\" text-anchor=\"end\">paid</text><rect class=\"bar\" x=\"{left}\" y=\"14\" width=\"{Math.Max(1, At(paid) - left):0.##}\" height=\"22\" rx=\"2\"/>"
            )
        );
        svg.Append(Inv($"<text class=\"label\" x=\"{At(paid) + 8:0.##}\" y=\"30\">{Amount.Text(report.Cost)}</text>"));
        svg.Append(
            Inv(
                $"<text class=\"label\" x=\"{left - 10}\" y=\"72\" text-anchor=\"end\">all strong</text><rect class=\"other\" x=\"{left}\" y=\"56\" width=\"{Math.Max(1, At(middle) - left):0.##}\" height=\"22\" rx=\"2\"/>"
            )
        );
        svg.Append(
            Inv(
                $"<line class=\"range\" x1=\"{At(low):0.##}\" x2=\"{At(high):0.##}\" y1=\"67\" y2=\"67\"/><line class=\"range\" x1=\"{At(low):0.##}\" x2=\"{At(low):0.##}\" y1=\"60\" y2=\"74\"/><line class=\"range\" x1=\"{At(high):0.##}\" x2=\"{At(high):0.##}\" y1=\"60\" y2=\"74\"/>"
            )
        );
        svg.Append(
            Inv(
                $"<text class=\"label\" x=\"{At(high) + 8:0.##}\" y=\"72\">{Amount.Text(report.Cost + report.Saved.Expected)}</text>"
            )
        );
        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Open(int height, string title) =>
        new StringBuilder().Append(
            Inv(
                $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\" xmlns=\"http://www.w3.org/2000/svg\">"
            )
        );

    private static string Axis(double dollars) =>
        "$"
        + dollars.ToString(
            dollars is > 0 and < 0.01 ? "0.######"
                : dollars < 10 ? "0.####"
                : "0.##",
            CultureInfo.InvariantCulture
        );

    private static string Short(string name) => name.Length <= 34 ? name : name[..33] + "…";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
