using Wye.Ledger;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;
using Wye.Routing.Plans;

namespace Wye.Routing.Selection.Learned;

/// <summary>
/// <c>learned</c>: a trained router predicts the quality and the cost of every candidate for this very prompt, and the route's
/// objective chooses. Abstains without a router, where the router must not decide, and when its encoder did not answer.
/// </summary>
internal sealed class LearnedPolicy : ISelectionPolicy
{
    /// <summary>Its name.</summary>
    public const string PolicyName = "learned";

    private const int OnStack = 64;

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <summary>Whether a policy goes by this name.</summary>
    public static bool Is(ISelectionPolicy policy) => string.Equals(policy.Name, PolicyName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public RoutePlan? Select(SelectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Snapshot.Learned is not { } learned)
        {
            return Abstain(context, "no router is loaded");
        }

        if (learned.Refused is { } refused)
        {
            return Abstain(context, refused);
        }

        if (context.Prepared?.Failure is { } failure)
        {
            context.Note = $"learned: {failure}";
            return Abstain(context, failure);
        }

        using var prompt = PromptScoring.Rent(context.Request, context.Prepared);
        var pool = learned.Pool;
        return Select(context, pool, learned.Outcomes is { } live ? pool.Of(live.Current) : null, prompt);
    }

    private static RoutePlan Select(
        SelectionContext context,
        ServedPool pool,
        PoolOutcomes? outcomes,
        PromptScoring prompt
    )
    {
        var count = context.Candidates.Length;
        var estimates = count <= OnStack ? stackalloc QualityEstimate[count] : new QualityEstimate[count];
        var scores = count <= OnStack ? stackalloc CandidateScore[count] : new CandidateScore[count];
        var tokens = count <= OnStack ? stackalloc float[count] : new float[count];
        var values = count <= OnStack ? stackalloc double[count] : new double[count];
        var settings = LearnedRequest.Of(context);
        CandidateScoring.Fill(context, pool, outcomes, prompt, new(estimates, scores, tokens), settings.NeedsLatency);
        var terms = settings.Terms(context, pool, prompt, estimates);
        var objective = Objectives.Of(settings.Objective);
        var chosen = objective.Choose(scores, terms, values);
        var why = LearnedWhy.Write(context, pool, outcomes, objective, scores, terms, chosen);
        if (context.Trace is { } trace)
        {
            TraceWriter.Fill(
                trace,
                context,
                pool,
                outcomes,
                prompt,
                objective,
                estimates,
                scores,
                tokens,
                values,
                terms,
                chosen
            );
        }

        var choice = Hold(context, scores, terms, settings.Objective, chosen);
        var held = IndexOf(context, choice.Candidate.Model.Id);
        return PlanWriter.Answer(
            context,
            choice,
            PolicyName,
            why,
            held < 0 ? 0 : (int)Math.Ceiling(tokens[held]),
            held < 0 || outcomes is null ? null : Expected(pool, prompt, choice.Candidate, estimates[held])
        );
    }

    // What a later judgement is compared with; null = it teaches nothing.
    private static QualityExpectation? Expected(
        ServedPool pool,
        PromptScoring prompt,
        Candidate candidate,
        in QualityEstimate estimate
    )
    {
        if (pool.IndexOf(candidate.Model.Id) is not (var at and >= 0) || pool.BasisOf(at) is not { } basis)
        {
            return null;
        }

        return new QualityExpectation(
            candidate.Model.Id,
            basis,
            PromptPosition.Of(prompt.Position(pool.Router.Snapshot!)),
            QualityExpectation.ToMillionths(estimate.Value - estimate.Correction)
        );
    }

    private static HeldChoice Hold(
        SelectionContext context,
        ReadOnlySpan<CandidateScore> scores,
        in ObjectiveTerms terms,
        Objective objective,
        int chosen
    )
    {
        var proposed = context.Candidates[chosen];
        var climbs = false;
        if (context.Session?.Known is { } known && IndexOf(context, known.Model) is var held and >= 0)
        {
            // What is dearer and better was wanted for its quality; what is cheaper must be worth the cache that is lost.
            climbs =
                scores[chosen].Quality > scores[held].Quality + BarObjective.AsGood
                && (
                    scores[chosen].Dearness >= scores[held].Dearness
                    || (objective == Objective.Bar && scores[held].Quality < terms.Bar)
                );
        }

        return SessionHold.Choose(context, proposed, climbs, demanded: false);
    }

    private static int IndexOf(SelectionContext context, ModelId model)
    {
        for (var i = 0; i < context.Candidates.Length; i++)
        {
            if (context.Candidates[i].Model.Id == model)
            {
                return i;
            }
        }

        return -1;
    }

    private static RoutePlan? Abstain(SelectionContext context, string reason)
    {
        if (context.Trace is { } trace)
        {
            trace.Router = context.Snapshot.Learned?.Router;
            trace.Champion = context.Snapshot.Learned?.Champion ?? false;
            trace.Abstained = reason;
        }

        return null;
    }
}
