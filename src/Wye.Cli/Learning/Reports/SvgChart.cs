using System.Globalization;
using System.Text;

namespace Wye.Cli.Learning.Reports;

/// <summary>Draws a chart as SVG text: axes, lines, points with names that do not cover each other.</summary>
internal sealed class SvgChart
{
    private const double Left = 52;
    private const double Right = 18;
    private const double Top = 12;
    private const double Bottom = 46;
    private const double CharacterWidth = 6.4;
    private const double LineHeight = 14;

    private readonly double _width;
    private readonly double _height;
    private readonly StringBuilder _body = new();
    private readonly List<(double X, double Y, double Width)> _taken = [];

    public SvgChart(
        (double From, double To) x,
        (double From, double To) y,
        string xLabel,
        string yLabel,
        bool logarithmic = false,
        double width = 520,
        double height = 360
    )
    {
        (_width, _height) = (width, height);
        X = new Axis(x.From, x.To, Left, width - Right, logarithmic);
        Y = new Axis(y.From, y.To, height - Bottom, Top);
        foreach (double tick in X.Ticks())
        {
            Line("grid", X.At(tick), Top, X.At(tick), height - Bottom);
            Text(Axis.Text(tick), X.At(tick), height - Bottom + 18, "middle");
        }

        foreach (double tick in Y.Ticks())
        {
            Line("grid", Left, Y.At(tick), width - Right, Y.At(tick));
            Text(Axis.Text(tick), Left - 8, Y.At(tick) + 4, "end");
        }

        Line("axis", Left, height - Bottom, width - Right, height - Bottom);
        Text(xLabel, (Left + width - Right) / 2, height - 8, "middle");
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text transform=\"translate(13 {(Top + height - Bottom) / 2:F1}) rotate(-90)\" text-anchor=\"middle\">{Html.Escape(yLabel)}</text>"
        );
    }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; }

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; }

    /// <summary>A line through points.</summary>
    public SvgChart Path(string style, IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            if (double.IsFinite(x) && double.IsFinite(y))
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X.At(x):F1} {Y.At(y):F1}");
        }

        _body.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"{path}\"/>");
        return this;
    }

    /// <summary>A dot with a tooltip; larger for more weight.</summary>
    public SvgChart Dot(string style, double x, double y, string tooltip, double radius = 4.5)
    {
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<circle class=\"{style} dot\" cx=\"{X.At(x):F1}\" cy=\"{Y.At(y):F1}\" r=\"{radius:F1}\"><title>{Html.Escape(tooltip)}</title></circle>"
        );
        _taken.Add((X.At(x) - 6, Y.At(y), 12));
        return this;
    }

    /// <summary>A ring around a point.</summary>
    public SvgChart Ring(string style, double x, double y, string tooltip)
    {
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<circle class=\"{style} ring\" cx=\"{X.At(x):F1}\" cy=\"{Y.At(y):F1}\" r=\"8\"><title>{Html.Escape(tooltip)}</title></circle>"
        );
        _taken.Add((X.At(x) - 10, Y.At(y), 20));
        return this;
    }

    /// <summary>A name beside a point: right, left, above or below, whichever is free; left out when none is.</summary>
    public SvgChart Name(string text, double x, double y)
    {
        double width = text.Length * CharacterWidth;
        double px = X.At(x);
        double py = Y.At(y);
        (double X, double Y)[] places =
        [
            (px + 9, py + 4),
            (px - 9 - width, py + 4),
            (px - (width / 2), py - 10),
            (px - (width / 2), py + 19),
            (px + 8, py - 9),
            (px + 8, py + 17),
            (px - 8 - width, py - 9),
            (px - 8 - width, py + 17),
        ];
        foreach (var place in places)
        {
            if (
                place.X < Left + 2
                || place.X + width > _width - 2
                || place.Y < Top + 8
                || place.Y > _height - Bottom - 3
            )
                continue;
            if (
                _taken.Any(t =>
                    Math.Abs(t.Y - place.Y) < LineHeight && t.X < place.X + width && place.X < t.X + t.Width
                )
            )
                continue;
            _taken.Add((place.X, place.Y, width));
            Text(text, place.X, place.Y, "start", "name");
            return this;
        }

        return this;
    }

    /// <summary>The whole picture.</summary>
    public string Render(string title) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {_width:F0} {_height:F0}\" role=\"img\" aria-label=\"{Html.Escape(title)}\">{_body}</svg>"
        );

    private void Line(string style, double x1, double y1, double x2, double y2) =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"{style}\" x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\"/>"
        );

    private void Text(string text, double x, double y, string anchor, string style = "") =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{Html.Escape(text)}</text>"
        );
}
