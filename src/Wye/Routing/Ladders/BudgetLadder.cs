using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Routing.Ladders;

/// <summary>How a route gets cheaper while its budgets run out: degrade before refuse. Immutable.</summary>
public sealed record BudgetLadder
{
    /// <summary>No ladder: a budget that runs out refuses, and nothing else.</summary>
    public static BudgetLadder None { get; } = new() { Rungs = [] };

    /// <summary>
    /// More than half left: as is. Less than half: the tiers in the middle become the lowest one (for low priority all tiers).
    /// Less than a fifth: all tiers become the lowest one.
    /// </summary>
    public static BudgetLadder Default { get; } = new();

    /// <summary>The rungs; of those in force the one with the least <see cref="BudgetRung.Below"/> counts.</summary>
    public ImmutableArray<BudgetRung> Rungs { get; init; } =
    [new(0.5), new(0.5) { Priority = CallerPriority.Low, Everything = true }, new(0.2) { Everything = true }];

    /// <summary>
    /// Whether the time that is left of a window counts: half the budget for half the window is then as good as all of it;
    /// default false.
    /// </summary>
    public bool Paced { get; init; }

    /// <summary>Kinds of step that are never degraded; default <see cref="StepKind.Safety"/>.</summary>
    public FrozenSet<StepKind> CriticalSteps { get; init; } = new[] { StepKind.Safety }.ToFrozenSet();

    /// <summary>Whether a request is refused rather than answered by less than was chosen for it.</summary>
    /// <param name="priority">The request's.</param>
    /// <param name="kind">What it does.</param>
    public bool IsCritical(CallerPriority priority, StepKind kind) =>
        priority == CallerPriority.Critical || CriticalSteps.Contains(kind);

    /// <summary>The rung a request stands on; null = none: it goes as it is.</summary>
    /// <param name="left">Fraction of the tightest budget that is left, 0..1.</param>
    /// <param name="priority">The request's.</param>
    /// <param name="kind">What it does.</param>
    public BudgetRung? Find(double left, CallerPriority priority, StepKind kind)
    {
        if (IsCritical(priority, kind))
        {
            return null;
        }

        BudgetRung? found = null;
        foreach (var rung in Rungs)
        {
            // Of two with one bound the one made for the lower priority is the closer match.
            if (
                left < rung.Below
                && priority <= rung.Priority
                && (
                    found is null
                    || rung.Below < found.Below
                    || (rung.Below == found.Below && rung.Priority < found.Priority)
                )
            )
            {
                found = rung;
            }
        }

        return found;
    }
}
