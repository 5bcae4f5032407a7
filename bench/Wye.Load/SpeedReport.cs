using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Wye.Load;

/// <summary>Medians over repeats, ratios within a repeat, and whether each bound is kept.</summary>
internal static class SpeedReport
{
    private const string Wye = "wye";
    private const string Direct = "direct";

    // What is measured, how it is read, the bound, the aim.
    private static readonly Bound[] Bounds =
    [
        new("1 KB, req/s against YARP", r => r.Ratio("sat-1k", "rps", "yarp"), AtLeast: 0.9, Aim: 1.3),
        new(
            "1 KB decided by `learned`, req/s against YARP",
            r => r.Ratio("sat-learned", "rps", "yarp", "sat-1k"),
            0.6,
            0.9
        ),
        new("20 KB in short turns, req/s against YARP", r => r.Ratio("sat-20k-turns", "rps", "yarp"), 0.7, 1.2),
        new("20 KB in one message, req/s against YARP", r => r.Ratio("sat-20k-one", "rps", "yarp"), 0.7, 1.2),
        new(
            "first 20 s against warm, req/s",
            r => r.Median(Wye, "first-20s", "rps") / r.Median(Wye, "sat-1k", "rps"),
            0.5,
            0.8
        ),
        new("200 req/s, 50 ms upstream: added p50, ms", r => r.Added("rate-200", "call_p50_us"), AtMost: 0.5),
        new("200 req/s, 50 ms upstream: added p99, ms", r => r.Added("rate-200", "call_p99_us"), AtMost: 3),
        new("200 streams: added chunk delay p50, ms", r => r.Added("streams-200", "chunk_p50_us"), AtMost: 0.3),
        new("200 streams: added chunk delay p99, ms", r => r.Added("streams-200", "chunk_p99_us"), AtMost: 3),
        new("200 streams: chunks delivered", r => r.Median(Wye, "streams-200", "delivered"), AtLeast: 1),
        new("512 streams: chunks delivered", r => r.Median(Wye, "streams-512", "delivered"), AtLeast: 1),
        new("memory idle, PSS MB", r => r.Median(Wye, "idle", "pss_mb"), AtMost: 90, Aim: 60),
        new("memory under load, PSS MB", r => r.Most(Wye, "pss_mb"), AtMost: 160, Aim: 100),
        new("memory a minute after load, PSS MB", r => r.Median(Wye, "after", "pss_mb"), AtMost: 160),
        new("cold start to the first 200, s", r => r.Median(Wye, "cold", "ms") / 1000, AtMost: 0.8, Aim: 0.4),
    ];

    /// <summary>Writes both files; 1 = a bound that was measured is not kept.</summary>
    public static int Write(string results, string markdown, string json)
    {
        var all = SpeedResults.Read(results);
        var text = new StringBuilder();
        text.AppendLine("| measure | figure | bound | kept |").AppendLine("|---|---|---|---|");
        using var stream = File.Create(json);
        using var figures = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        var missed = 0;
        figures.WriteStartArray();
        foreach (var bound in Bounds)
        {
            var figure = bound.Read(all);
            if (!double.IsFinite(figure))
            {
                continue;
            }

            var kept = bound.Holds(figure);
            missed += kept ? 0 : 1;
            text.AppendLine(Line($"| {bound.What} | {figure:0.00} | {bound.Text} | {(kept ? "yes" : "**no**")} |"));
            figures.WriteStartObject();
            figures.WriteString("what", bound.What);
            figures.WriteNumber("figure", Math.Round(figure, 4));
            figures.WriteString("bound", bound.Text);
            figures.WriteBoolean("kept", kept);
            figures.WriteEndObject();
        }

        figures.WriteEndArray();
        text.AppendLine().AppendLine("Medians of the repeats, gateway alone on one core:").AppendLine();
        text.AppendLine("| gateway | scenario | figure | median |").AppendLine("|---|---|---|---|");
        foreach (var (peer, scenario, key, value) in all.Medians())
        {
            text.AppendLine(Line($"| {peer} | {scenario} | {key} | {value:0.###} |"));
        }

        File.WriteAllText(markdown, text.ToString());
        Console.Write(text);
        return missed > 0 ? 1 : 0;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Bound(
        string What,
        Func<SpeedResults, double> Read,
        double? AtLeast = null,
        double? Aim = null,
        double? AtMost = null
    )
    {
        public string Text =>
            (AtLeast is { } least ? Line($"≥ {least}") : Line($"≤ {AtMost}"))
            + (Aim is { } aim ? Line($" (aim {aim})") : "");

        public bool Holds(double figure) => AtLeast is { } least ? figure >= least : figure <= AtMost;
    }

    /// <summary>Rows of a run: gateway, scenario, repeat, key, value.</summary>
    private sealed class SpeedResults(
        IReadOnlyList<(string Peer, string Scenario, int Repeat, string Key, double Value)> rows
    )
    {
        public static SpeedResults Read(string file) =>
            new([
                .. File.ReadLines(file)
                    .Select(line => line.Split('\t'))
                    .Where(cells => cells.Length == 5)
                    .Select(cells =>
                        (
                            cells[0],
                            cells[1],
                            int.Parse(cells[2], CultureInfo.InvariantCulture),
                            cells[3],
                            double.Parse(cells[4], CultureInfo.InvariantCulture)
                        )
                    ),
            ]);

        public double Median(string peer, string scenario, string key) => Median(Of(peer, scenario, key).Values);

        public double Most(string peer, string key) =>
            rows.Where(row => row.Peer == peer && row.Key == key && row.Scenario is not ("idle" or "after"))
                .Select(row => row.Value)
                .DefaultIfEmpty(double.NaN)
                .Max();

        /// <summary>Median of the ratios within each repeat.</summary>
        public double Ratio(string scenario, string key, string other, string? otherScenario = null) =>
            Paired(scenario, key, other, otherScenario ?? scenario, (own, its) => own / its);

        /// <summary>Median of what is added to going direct, in ms, within each repeat.</summary>
        public double Added(string scenario, string key) =>
            Paired(scenario, key, Direct, scenario, (own, its) => (own - its) / 1000);

        public IEnumerable<(string Peer, string Scenario, string Key, double Value)> Medians() =>
            rows.GroupBy(row => (row.Peer, row.Scenario, row.Key))
                .OrderBy(group => group.Key.Scenario, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Key, StringComparer.Ordinal)
                .Select(group =>
                    (group.Key.Peer, group.Key.Scenario, group.Key.Key, Median(group.Select(row => row.Value)))
                );

        private double Paired(string scenario, string key, string other, string its, Func<double, double, double> with)
        {
            var theirs = Of(other, its, key);
            return Median(
                Of(Wye, scenario, key)
                    .Where(own => theirs.ContainsKey(own.Key))
                    .Select(own => with(own.Value, theirs[own.Key]))
            );
        }

        private Dictionary<int, double> Of(string peer, string scenario, string key) =>
            rows.Where(row => row.Peer == peer && row.Scenario == scenario && row.Key == key)
                .GroupBy(row => row.Repeat)
                .ToDictionary(group => group.Key, group => group.Last().Value);

        private static double Median(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
