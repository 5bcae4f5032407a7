using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>Upstream calls to one model for one cause.</summary>
/// <param name="Cause">Why they were made.</param>
/// <param name="Model">The model.</param>
/// <param name="Count">How many.</param>
/// <param name="Cost">What they cost.</param>
internal sealed record DemoCalls(string Cause, string Model, int Count, Usd Cost)
{
    /// <summary>Adds up, most calls first.</summary>
    public static ImmutableArray<DemoCalls> Of(ImmutableArray<DemoRow> rows) =>
        [
            .. rows.SelectMany(row => row.Facts?.Attempts ?? [])
                .GroupBy(attempt => (attempt.Cause, attempt.Model))
                .Select(group => new DemoCalls(
                    group.Key.Cause,
                    group.Key.Model,
                    group.Count(),
                    group.Aggregate(Usd.Zero, (sum, attempt) => sum + attempt.Cost)
                ))
                .OrderByDescending(calls => calls.Count)
                .ThenBy(calls => calls.Model, StringComparer.Ordinal),
        ];
}
