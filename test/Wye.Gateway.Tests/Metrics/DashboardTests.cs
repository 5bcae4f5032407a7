using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Metrics;

/// <summary>The dashboard asks for nothing that the page does not have.</summary>
public sealed partial class DashboardTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryMetricAndLabelOfTheDashboard_IsOnThePage()
    {
        await SendAsync(stream: false);
        await SendAsync(stream: true);
        gateway.Simulator.Faults.Script(FaultScripts.AnyModel, Fault.Status(500));
        await SendAsync(stream: false);
        var page = await gateway.Http.GetStringAsync("metrics", Token);
        var labelsOf = page.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .GroupBy(line => line.Split('{', ' ')[0], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group =>
                    group.SelectMany(line => Label().Matches(line).Select(match => match.Groups[1].Value)).ToHashSet(),
                StringComparer.Ordinal
            );

        var expressions = Expressions().ToList();

        expressions.Count.ShouldBeGreaterThan(20);
        foreach (var expression in expressions)
        {
            var metrics = Metric().Matches(expression).Select(match => match.Value).Distinct().ToList();
            metrics.ShouldNotBeEmpty(expression);
            foreach (var metric in metrics)
            {
                labelsOf.ShouldContainKey(metric, expression);
            }

            var asked = GroupedBy()
                .Matches(expression)
                .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
                .Concat(Selector().Matches(expression).Select(match => match.Groups[1].Value));
            foreach (var label in asked)
            {
                metrics.ShouldContain(metric => labelsOf[metric].Contains(label), $"label {label} in {expression}");
            }
        }
    }

    [Fact]
    public void Panels_HaveTitlesAndDoNotOverlap()
    {
        var panels = Dashboard().GetProperty("panels").EnumerateArray().ToList();
        var taken = new HashSet<(int X, int Y)>();

        foreach (var panel in panels)
        {
            panel.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
            var at = panel.GetProperty("gridPos");
            var (x, y) = (at.GetProperty("x").GetInt32(), at.GetProperty("y").GetInt32());
            for (var i = 0; i < at.GetProperty("w").GetInt32() * at.GetProperty("h").GetInt32(); i++)
            {
                var cell = (x + (i % at.GetProperty("w").GetInt32()), y + (i / at.GetProperty("w").GetInt32()));
                cell.Item1.ShouldBeLessThan(24);
                taken.Add(cell).ShouldBeTrue(panel.GetProperty("title").GetString());
            }
        }
    }

    private static JsonElement Dashboard() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "eng", "grafana", "wye.json"))).RootElement;

    private static IEnumerable<string> Expressions() =>
        Dashboard()
            .GetProperty("panels")
            .EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Wye.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private async Task SendAsync(bool stream)
    {
        using var response = await gateway.Http.PostAsJsonAsync(
            "v1/chat/completions",
            new
            {
                model = "auto",
                stream,
                messages = new[] { new { role = "user", content = "Classify: it crashes." } },
            },
            Token
        );
        await response.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex(@"\b(?:wye|gen_ai_client)_[a-z_]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex("""([a-z_]+)=["]""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex GroupedBy();

    [GeneratedRegex("""[{,]\s*([a-z_]+)(?:=|!|=~)""")]
    private static partial Regex Selector();
}
