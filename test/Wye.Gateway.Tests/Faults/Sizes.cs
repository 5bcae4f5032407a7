using System.Globalization;
using System.Text.Json;

namespace Wye.Gateway.Faults;

/// <summary>How large the checks are: small in the tests, full under <c>eng/verify</c>, which also collects the figures.</summary>
internal static class Sizes
{
    /// <summary>Calls per fault.</summary>
    public static int Calls { get; } = Number("WYE_FAULT_CALLS", 20);

    /// <summary>Number of the first round, where a check runs in parts.</summary>
    public static int FirstRound { get; } = Number("WYE_FIRST_ROUND", 0);

    /// <summary>Seconds of a total outage.</summary>
    public static int OutageSeconds { get; } = Number("WYE_OUTAGE_SECONDS", 2);

    /// <summary>Adds a row to the figures, when they are collected.</summary>
    public static void Record(string check, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (Environment.GetEnvironmentVariable("WYE_FIGURES") is not { Length: > 0 } path)
        {
            return;
        }

        var row = new Dictionary<string, object>(StringComparer.Ordinal) { ["check"] = check };
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        lock (Environment.NewLine)
        {
            File.AppendAllText(path, JsonSerializer.Serialize(row) + "\n");
        }
    }

    /// <summary>A percentile of times, in milliseconds with one decimal.</summary>
    public static double Percentile(List<double> milliseconds, double share)
    {
        milliseconds.Sort();
        return Math.Round(milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))], 1);
    }

    /// <summary>A size that a check may set.</summary>
    public static int Number(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : otherwise;
}
