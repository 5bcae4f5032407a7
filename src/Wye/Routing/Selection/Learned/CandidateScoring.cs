using System.Runtime.InteropServices;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;

namespace Wye.Routing.Selection.Learned;

/// <summary>Scores candidates: expected quality, expected cost of this request, observed latency. Allocates nothing.</summary>
internal static class CandidateScoring
{
    private const int OnStack = 256;
    private const double DollarsPerPico = 1e-12;

    // Older than this, a latency says nothing of now.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>What is filled, in the order of the candidates.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly ref struct Target(Span<QualityEstimate> estimates, Span<CandidateScore> scores, Span<float> tokens)
    {
        public Span<QualityEstimate> Estimates { get; } = estimates;

        public Span<CandidateScore> Scores { get; } = scores;

        public Span<float> Tokens { get; } = tokens;
    }

    /// <summary>Fills the target.</summary>
    public static void Fill(
        SelectionContext context,
        ServedPool pool,
        PoolOutcomes? outcomes,
        PromptScoring prompt,
        Target target,
        bool needsLatency
    )
    {
        var count = context.Candidates.Length;
        var ofPool = pool.Count <= OnStack ? stackalloc QualityEstimate[pool.Count] : new QualityEstimate[pool.Count];
        pool.Quality.Estimate(prompt, ofPool);
        if (outcomes is not null)
        {
            pool.Correct(outcomes, prompt, ofPool);
        }

        var heads = pool.Router.Lengths?.Models.Count ?? 0;
        var lengths = heads <= OnStack ? stackalloc float[heads] : new float[heads];
        pool.Router.Lengths?.Estimate(prompt, lengths);
        var usual = ExpectedOutput.Tokens(context.Signals, context.Request);
        for (var i = 0; i < count; i++)
        {
            var candidate = context.Candidates[i];
            var at = pool.IndexOf(candidate.Model.Id);
            var estimate = at < 0 ? default : ofPool[at];
            target.Estimates[i] = estimate;
            target.Tokens[i] =
                at < 0 || heads == 0
                    ? usual
                    : Math.Min(
                        lengths[pool.ProfileOf(at).Head],
                        Math.Min(context.Request.MaxOutputTokens ?? int.MaxValue, candidate.Model.MaxOutputTokens)
                    );
            target.Scores[i] = new CandidateScore(
                estimate.Value,
                CostOf(context, candidate, target.Tokens[i]),
                needsLatency || context.Trace is not null ? LatencyOf(context, candidate) : double.NaN
            );
        }
    }

    // At the dearest deployment, since balancing may take any; less what the conversation has cached there.
    private static double CostOf(SelectionContext context, Candidate candidate, double tokens)
    {
        var prompt = context.Signals.PromptTokens;
        var highest = 0.0;
        foreach (var deployment in candidate.Deployments)
        {
            if (deployment.Price is not { } price)
            {
                return double.NaN;
            }

            var cost = ((double)price.Input.PicoDollars * prompt) + (price.Output.PicoDollars * tokens);
            highest = Math.Max(highest, cost);
        }

        var cached =
            context.Session?.Known is { } known && known.Model == candidate.Model.Id
                ? SwitchCost.Of(candidate, known, prompt)
                : Usd.Zero;
        return Math.Max(0, highest - cached.PicoDollars) * DollarsPerPico;
    }

    /// <summary>The fastest of its deployments; NaN = none was observed lately.</summary>
    private static double LatencyOf(SelectionContext context, Candidate candidate)
    {
        var fastest = double.NaN;
        foreach (var deployment in candidate.Deployments)
        {
            var load = context.Health.Of(deployment.Id).Load;
            var average = context.Request.Stream ? load.FirstToken : load.Reply;
            if (average.Milliseconds is { } seen && average.Age < Fresh && !(seen >= fastest))
            {
                fastest = seen;
            }
        }

        return fastest;
    }
}
