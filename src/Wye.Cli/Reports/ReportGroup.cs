namespace Wye.Cli.Reports;

/// <summary>A line of a report: what belongs together, and its sums in p$.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Requests">Requests, or calls.</param>
/// <param name="Cost">What was paid.</param>
internal sealed record ReportGroup(string Name, long Requests, Int128 Cost)
{
    /// <summary>Those that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Saved against the strong model.</summary>
    public Int128 Saved { get; init; }
}
