using System.Collections.Immutable;
using System.Globalization;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;
using Wye.Quality.Routers;

namespace Wye.Routing.Selection.Learned;

/// <summary>Writes down how a choice came about. Only asked for explanations, so it may allocate.</summary>
internal static class TraceWriter
{
    public static void Fill(
        DecisionTrace trace,
        SelectionContext context,
        ServedPool pool,
        PoolOutcomes? outcomes,
        PromptScoring prompt,
        IObjective objective,
        ReadOnlySpan<QualityEstimate> estimates,
        ReadOnlySpan<CandidateScore> scores,
        ReadOnlySpan<float> tokens,
        ReadOnlySpan<double> values,
        in ObjectiveTerms terms,
        int chosen
    )
    {
        trace.Router = pool.Router.Name;
        trace.Champion = pool.Router.Champion;
        trace.Objective = objective.Name;
        trace.Settings = SettingsOf(objective, terms);
        trace.Chosen = context.Candidates[chosen].Model.Id;
        trace.RunnerUp = RunnerUp(context, objective, scores, terms, chosen);
        var scored = ImmutableArray.CreateBuilder<DecisionTrace.Scored>();
        for (var i = 0; i < scores.Length; i++)
        {
            var model = context.Candidates[i].Model.Id;
            var at = pool.IndexOf(model);
            var doubt = at < 0 || outcomes is null ? 1 : pool.DoubtOf(at, outcomes, prompt);
            scored.Add(
                new DecisionTrace.Scored(
                    model,
                    estimates[i] with
                    {
                        Uncertainty = estimates[i].Uncertainty * doubt,
                    },
                    at >= 0 ? pool.ProfileOf(at).WordsWith(outcomes?.QuestionsOf(at) ?? 0) : "not of the router's pool",
                    tokens[i],
                    scores[i].Cost,
                    scores[i].Milliseconds,
                    values[i]
                )
            );
        }

        trace.Candidates = scored.ToImmutable();
        trace.Changes =
        [
            .. objective
                .Changes(scores, terms, chosen)
                .Select(change => new DecisionTrace.Change(
                    change.Setting,
                    change.Above,
                    change.Value,
                    context.Candidates[change.Candidate].Model.Id
                )),
        ];
        trace.Outcomes = outcomes is null
            ? null
            : (outcomes.Judgements, outcomes.Table.Judgements - outcomes.Judgements);
        trace.Cells = pool.Router.Snapshot is { } router ? Cells(router, prompt) : [];
    }

    private static string SettingsOf(IObjective objective, in ObjectiveTerms terms) =>
        objective switch
        {
            BarObjective => string.Create(CultureInfo.InvariantCulture, $"bar {terms.Bar:0.00##}"),
            ThresholdObjective => string.Create(
                CultureInfo.InvariantCulture,
                $"threshold {terms.Threshold:0.00##}, gain {terms.Gain:0.00##}"
            ),
            TradeoffObjective => string.Create(CultureInfo.InvariantCulture, $"lambda {terms.Lambda:0.####}"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"quality {terms.Prefer.Quality:0.00##}, cost {terms.Prefer.Cost:0.00##}, speed {terms.Prefer.Speed:0.00##}"
            ),
        };

    private static Primitives.ModelId? RunnerUp(
        SelectionContext context,
        IObjective objective,
        ReadOnlySpan<CandidateScore> scores,
        in ObjectiveTerms terms,
        int chosen
    )
    {
        if (scores.Length < 2)
        {
            return null;
        }

        if (objective is ThresholdObjective)
        {
            return terms.Weak == terms.Strong
                ? null
                : context.Candidates[chosen == terms.Weak ? terms.Strong : terms.Weak].Model.Id;
        }

        CandidateScore[] others = [.. scores[..chosen], .. scores[(chosen + 1)..]];
        var next = objective.Choose(others, terms, new double[others.Length]);
        return context.Candidates[next < chosen ? next : next + 1].Model.Id;
    }

    private static ImmutableArray<DecisionTrace.Cell> Cells(RouterSnapshot router, PromptScoring prompt)
    {
        var mix = prompt.Mix(router);
        int[] numbers = [.. mix.Cells];
        float[] weights = [.. mix.Weights];
        return
        [
            .. Enumerable
                .Range(0, numbers.Length)
                .Select(i => new DecisionTrace.Cell(
                    numbers[i],
                    weights[i],
                    router.Topics?.Questions[numbers[i]] ?? 0,
                    router.Topics?.Words[numbers[i]] ?? ""
                )),
        ];
    }
}
