using System.Globalization;
using System.Security;
using System.Text;

namespace Wye.Load.Profiles;

/// <summary>Draws a profile as a flame picture: a box per frame, as wide as its share of all samples; callers below.</summary>
internal static class FlamePicture
{
    private const double Width = 1400;
    private const int RowHeight = 15;
    private const double LeastWidth = 1.2;
    private const double LeastLabelled = 40;
    private const double CharacterWidth = 5.6;

    /// <summary>Writes the picture.</summary>
    public static void Write(string profile, string picture, string title)
    {
        var root = new Frame("all");
        foreach (var sample in Sample.Read(profile))
        {
            root.Add(sample);
        }

        var body = new StringBuilder();
        var depth = Draw(root, 0, 0, Width / root.Count, body);
        var height = ((depth + 3) * RowHeight) + 10;
        var svg = new StringBuilder();
        svg.AppendLine(
            Text(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"10\">"
            )
        );
        svg.AppendLine(
            Text($"<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/><text x=\"6\" y=\"14\" font-size=\"12\">")
        );
        svg.AppendLine(
            Text($"{SecurityElement.Escape(title)}</text><g transform=\"translate(0 {height - 6}) scale(1 1)\">")
        );
        svg.Append(body).AppendLine("</g></svg>");
        File.WriteAllText(picture, svg.ToString());
    }

    private static int Draw(Frame frame, int level, double x, double scale, StringBuilder svg)
    {
        var width = frame.Count * scale;
        if (width < LeastWidth)
        {
            return level - 1;
        }

        var y = -(level + 1) * RowHeight;
        var name = SecurityElement.Escape(frame.Name);
        svg.Append(Text($"<g><title>{name} {frame.Count * scale / Width:0.0%}</title>"));
        svg.Append(
            Text(
                $"<rect x=\"{x:0.#}\" y=\"{y}\" width=\"{width:0.#}\" height=\"{RowHeight - 1}\" fill=\"{Color(frame.Name)}\"/>"
            )
        );
        if (width >= LeastLabelled)
        {
            var room = (int)(width / CharacterWidth);
            var label = frame.Name.Length <= room ? frame.Name : frame.Name[..room];
            svg.Append(Text($"<text x=\"{x + 2:0.#}\" y=\"{y + 11}\">{SecurityElement.Escape(label)}</text>"));
        }

        svg.AppendLine("</g>");
        var deepest = level;
        foreach (var child in frame.Children.Values.OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            deepest = Math.Max(deepest, Draw(child, level + 1, x, scale, svg));
            x += child.Count * scale;
        }

        return deepest;
    }

    // Ours, the server's, the client's, the kernel's and the rest tell apart at a glance.
    private static string Color(string name) =>
        name.StartsWith("Wye", StringComparison.Ordinal) ? "#f4a259"
        : name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) ? "#8cb369"
        : name.StartsWith("System.Net", StringComparison.Ordinal) ? "#5b9bd5"
        : name.StartsWith("sqlite3", StringComparison.Ordinal) || name.Contains("e_sqlite3", StringComparison.Ordinal)
            ? "#bc4b51"
        : name.EndsWith("[kernel]", StringComparison.Ordinal) ? "#b5b5b5"
        : "#e8d9b5";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Frame(string name)
    {
        public string Name { get; } = name;

        public int Count { get; private set; }

        public SortedDictionary<string, Frame> Children { get; } = new(StringComparer.Ordinal);

        public void Add(Sample sample)
        {
            Count++;
            var at = this;
            foreach (var frame in sample.Frames.Prepend(sample.Thread.Split(' ')[0]))
            {
                if (!at.Children.TryGetValue(frame, out var child))
                {
                    at.Children.Add(frame, child = new Frame(frame));
                }

                child.Count++;
                at = child;
            }
        }
    }
}
