using System.Collections.Immutable;
using System.Globalization;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Selection;

/// <summary>
/// <c>cascade</c>: the cheapest stage answers, its gate judges, and only what is refused goes on to the next. Abstains on a route
/// without stages, and when no stage has a candidate.
/// </summary>
public sealed class CascadePolicy : ISelectionPolicy
{
    /// <inheritdoc/>
    public string Name => "cascade";

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Route.Cascade is not { } cascade)
        {
            return null;
        }

        var stages = new List<(CascadeStage Stage, Candidate Candidate)>(cascade.Stages.Length);
        foreach (var stage in cascade.Stages)
        {
            if (Cheapest(context, stage) is { } candidate && !stages.Exists(one => one.Candidate == candidate))
            {
                stages.Add((stage, candidate));
            }
        }

        if (stages.Count == 0)
        {
            return null;
        }

        var why =
            $"cascade: {string.Join(" > ", stages.Select(one => one.Candidate.Model.Id.Value))}{Pays(context, stages)}";
        return stages.Count == 1
            ? PlanWriter.Answer(context, stages[0].Candidate, Name, $"{why} (only stage left)")
            : PlanWriter.Write(context, new StageWriter(context, cascade).Write(stages), Name, why);
    }

    private static Candidate? Cheapest(SelectionContext context, CascadeStage stage)
    {
        Candidate? best = null;
        foreach (var candidate in context.Candidates)
        {
            if (
                stage.Models.Contains(candidate.Model.Id)
                && (best is null || (candidate.ExpectedCost ?? Most) < (best.ExpectedCost ?? Most))
            )
            {
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>Expected cost of the calls that judge an answer of the stage; null = a price is unknown.</summary>
    private static Usd? Verifier(SelectionContext context, CascadeStage stage)
    {
        var sum = Usd.Zero;
        foreach (var candidate in context.Set?.All ?? context.Candidates)
        {
            var samples = stage.Samples.Count(model => model == candidate.Model.Id);
            if (samples > 0)
            {
                if (candidate.ExpectedCost is not { } sample)
                {
                    return null;
                }

                sum += sample * samples;
            }

            if (stage.Judge == candidate.Model.Id)
            {
                if (candidate.Deployments[0].Price is not { } price)
                {
                    return null;
                }

                // It reads question and answer and says a word.
                var answer = ExpectedOutput.Tokens(context.Signals, context.Request);
                sum += (price.Input * (context.Signals.PromptTokens + answer)) + price.Output;
            }
        }

        return sum;
    }

    private static Usd Most { get; } = new(long.MaxValue);

    private static string Pays(SelectionContext context, List<(CascadeStage Stage, Candidate Candidate)> stages)
    {
        var share = Verifier(context, stages[0].Stage) is { } verifier
            ? BreakEven.Of(stages[0].Candidate.ExpectedCost, verifier, stages[^1].Candidate.ExpectedCost)
            : null;
        return share is { } e
            ? string.Create(CultureInfo.InvariantCulture, $", pays below {e * 100:0}% escalated")
            : "";
    }
}
