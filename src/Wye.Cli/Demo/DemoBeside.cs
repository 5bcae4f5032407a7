using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>What another policy made of the same prompts.</summary>
/// <param name="Answered">Prompts answered.</param>
/// <param name="Cost">What they cost.</param>
/// <param name="Right">Right answers.</param>
internal sealed record DemoBeside(int Answered, Usd Cost, int Right)
{
    /// <summary>Adds up; null = nothing was sent.</summary>
    public static DemoBeside? Of(ImmutableArray<DemoRow> rows) =>
        rows.IsEmpty
            ? null
            : new DemoBeside(
                rows.Count(row => row.Facts is not null),
                rows.Aggregate(Usd.Zero, (sum, row) => sum + (row.Facts?.Cost ?? Usd.Zero)),
                rows.Count(row => row.Right)
            );
}
