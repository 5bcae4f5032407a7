using System.Text.Json;
using Wye.Primitives;
using Wye.Signals;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>How the step-kind rules read a labelled file: JSON lines with <c>text</c> and <c>label</c>; a table label × kind.</summary>
internal static class StepKindSurvey
{
    public static void Run(string file, TextWriter output)
    {
        var extractor = new SignalExtractor();
        var table = new SortedDictionary<string, Dictionary<StepKind, int>>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            using var document = JsonDocument.Parse(line);
            var label = document.RootElement.GetProperty("label").GetString() ?? "";
            var kind = extractor.Extract(A.Asked(document.RootElement.GetProperty("text").GetString() ?? "")).StepKind;
            var row = table.TryGetValue(label, out var known) ? known : table[label] = [];
            row[kind] = row.GetValueOrDefault(kind) + 1;
        }

        foreach (var (label, row) in table)
        {
            var kinds = row.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key.Name()} {pair.Value}");
            output.WriteLine($"{label, -24} {string.Join(", ", kinds)}");
        }
    }
}
