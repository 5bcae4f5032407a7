using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Routing.Selection;

/// <summary>
/// <c>heuristic</c>: adds documented points over the signals to a difficulty 0..1, and thresholds map it to a tier; in it the
/// cheapest candidate. Never abstains. The points are judgement, not fitted: see <see cref="DifficultyPoints"/>.
/// </summary>
public sealed class HeuristicPolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "heuristic";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var tally = DifficultyPoints.Score(context);
        var tiers = context.Route.Tiers;
        var tier = tiers[TierIndex(tally.Difficulty, tiers.Length)];
        var chosen = SessionHold.Choose(context, tier, demanded: false);
        var met = chosen.Note is null ? chosen.Candidate.Tier.Name : tier.Name;
        return PlanWriter.Answer(context, chosen, Name, Why(tally, tier.Name, met));
    }

    /// <summary>Thresholds: two tiers part at 0.35; three at 0.35 and 0.65; more lie evenly between these.</summary>
    internal static int TierIndex(double difficulty, int tiers)
    {
        var index = 0;
        for (var i = 0; i < tiers - 1; i++)
        {
            var threshold = tiers <= 2 ? 0.35 : 0.35 + (0.3 * i / (tiers - 2));
            index += difficulty >= threshold ? 1 : 0;
        }

        return index;
    }

    private static string Why(in DifficultyTally tally, TierName tier, TierName chosen)
    {
        var line = new LineBuilder(stackalloc char[PlanWriter.MaxWhy]);
        line.Add("heuristic: difficulty ");
        line.Add(tally.Difficulty);
        line.Add(" (");
        tally.WriteBiggest(ref line);
        line.Add(") -> ");
        line.Add(tier.Value);
        if (chosen != tier)
        {
            line.Add(" has no candidate, ");
            line.Add(chosen.Value);
        }

        return line.ToString();
    }
}
