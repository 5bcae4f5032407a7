using System.Text.RegularExpressions;
using Wye.Catalog;

namespace Wye.Architecture;

/// <summary>What tests serve must outlive the catalog: nothing is routed to a model from the day it retires.</summary>
public partial class TestConfigTests
{
    [Fact]
    public void ModelsOfTheCatalog_ThatTestsServe_NeverRetire()
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(SourceTree.Root, "test"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                file.Contains("Gateway.Tests", StringComparison.Ordinal)
                || file.Contains("AI.Tests", StringComparison.Ordinal)
            )
            .ToArray();
        var served = files
            .SelectMany(file => Served().Matches(File.ReadAllText(file)).Select(match => (File: file, Match: match)))
            .Where(one => Retires(one.Match.Groups["name"].Value))
            .ToArray();

        served.Length.ShouldBeGreaterThan(10);
        served
            .Where(one => !one.Match.Value.Contains("retires_on: never", StringComparison.Ordinal))
            .Select(one => $"{Path.GetFileName(one.File)}: {one.Match.Value.Trim()}")
            .ShouldBeEmpty();
    }

    // A name that the file puts in is taken for one of the catalog's.
    private static bool Retires(string name) => name.StartsWith('{') || BuiltInCatalog.FindModel(name) is not null;

    [GeneratedRegex(@"^\s*(?<name>[\w.-]+|\{\{\w+\}\}): \{.*deployments: \[.*$", RegexOptions.Multiline)]
    private static partial Regex Served();
}
