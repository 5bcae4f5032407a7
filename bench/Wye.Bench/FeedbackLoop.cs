using System.Globalization;
using Wye.Learning.Numerics;
using Wye.Learning.Outcomes;
using Wye.Learning.Reading;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Files;
using Wye.Quality.Prior;
using Wye.Quality.Routers;
using Wye.Routing.Selection.Learned;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>
/// What feedback does to choices when only the answer that was given is judged: one question after another goes to the model that an
/// objective chooses, and what it scored is learned.
/// </summary>
internal sealed class FeedbackLoop
{
    private const int Rounds = 3;

    // A point of quality is worth a dollar per thousand calls.
    private static readonly ObjectiveTerms s_terms = new() { Bar = 0.8, Lambda = 10 };

    // Whom the router measured is named by the set it learned from; the likenesses are judgement.
    private static readonly (string Model, string Like)[] s_served =
    [
        ("gemini-1.5-flash", "gemini-1.5-flash-002"),
        ("deepseek-v2.5-0908", "Meta-Llama-3.1-70B-Instruct"),
        ("gpt-4o-mini-2024-07-18", "gemini-1.5-flash-002"),
        ("claude-3-haiku-20240307", "gemini-1.5-flash-002"),
        ("Llama-3.1-405B-Inst@sambanova", "gpt-4o-2024-05-13"),
        ("claude-3-5-sonnet-20240620", "gpt-4o-2024-05-13"),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13"),
        ("claude-3-opus-20240229", "gemini-1.5-pro-002"),
    ];

    private readonly RouterSnapshot _router;
    private readonly LabelledSet _set;
    private readonly ServedPool _pool;
    private readonly int[] _columns;
    private readonly int[] _places;
    private readonly double[] _costs;
    private readonly int[] _asked;

    private FeedbackLoop(RouterManifest manifest, RouterSnapshot router, LabelledSet set, int[] unseen)
    {
        (_router, _set) = (router, set);
        _pool = ServedPool.Bind(
            ServedRouter.Of(manifest, router),
            A.Pool([.. s_served.Select(one => A.PoolModel(one.Model))]).Catalog,
            s_served
                .Where(one => router.IndexOf(one.Model) < 0)
                .ToDictionary(one => one.Model, one => one.Like, StringComparer.Ordinal)
        );
        _columns = Array.ConvertAll(s_served, one => set.IndexOf(one.Model));
        _places = Array.ConvertAll(s_served, one => _pool.IndexOf(new ModelId(one.Model)));
        _asked = [.. unseen.Where(q => _columns.All(column => set.Score(q, column) >= 0 && set.Cost(q, column) >= 0))];
        _costs = Array.ConvertAll(_columns, column => _asked.Average(q => set.Cost(q, column)));
    }

    /// <summary>Writes a row without and one with feedback; nothing where the set or the router lacks one of the models.</summary>
    public static void Run(
        RouterManifest manifest,
        RouterSnapshot router,
        LabelledSet set,
        int[] unseen,
        TextWriter output
    )
    {
        if (!s_served.All(one => set.IndexOf(one.Model) >= 0 && router.IndexOf(one.Like) >= 0))
            return;
        var loop = new FeedbackLoop(manifest, router, set, unseen);
        output.WriteLine();
        output.WriteLine("objective\tjudged\tmean score\tUSD per 1,000\tto the dearest");
        foreach (var objective in (IObjective[])[Objectives.Of(Objective.Bar), Objectives.Of(Objective.Tradeoff)])
        {
            foreach (var judged in (bool[])[false, true])
            {
                var rounds = Enumerable
                    .Range(1, Rounds)
                    .Select(round => loop.SecondHalf(objective, judged, round))
                    .ToArray();
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{objective.Name}\t{(judged ? "every answer" : "none")}\t{rounds.Average(one => one.Score):0.000}\t{rounds.Average(one => one.Cost) * 1000:0.00}\t{rounds.Average(one => one.Dearest):0.00}"
                    )
                );
            }
        }
    }

    private (double Score, double Cost, double Dearest) SecondHalf(IObjective objective, bool judged, int round)
    {
        var random = new Gaussian((ulong)round);
        int[] order = [.. _asked.OrderBy(_ => random.NextBits())];
        var live = new LiveOutcomes();
        var learner = new OutcomeLearner(live);
        var estimates = new QualityEstimate[_pool.Count];
        int dearest = Array.IndexOf(_costs, _costs.Max());
        int from = order.Length / 2;
        var (score, cost, toDearest) = (0.0, 0.0, 0.0);
        for (var i = 0; i < order.Length; i++)
        {
            using var prompt = PromptScoring.Rent(A.Asked(_set.Queries[order[i]].Prompt));
            _pool.Quality.Estimate(prompt, estimates);
            _pool.Correct(_pool.Of(live.Current), prompt, estimates);
            int chosen = Choose(estimates, objective);
            float given = _set.Score(order[i], _columns[chosen]);
            if (judged)
            {
                var estimate = estimates[_places[chosen]];
                learner.Learn(
                    new OutcomeLearner.Lesson(
                        _pool.BasisOf(_places[chosen])!,
                        s_served[chosen].Model,
                        PromptPosition.Of(prompt.Position(_router)),
                        (int)Math.Round((given - (estimate.Value - estimate.Correction)) * ResidualSums.Whole)
                    )
                );
                learner.Publish();
            }

            if (i < from)
                continue;
            score += given;
            cost += _costs[chosen];
            toDearest += chosen == dearest ? 1 : 0;
        }

        int counted = order.Length - from;
        return (score / counted, cost / counted, toDearest / counted);
    }

    private int Choose(QualityEstimate[] estimates, IObjective objective)
    {
        Span<CandidateScore> scores = stackalloc CandidateScore[s_served.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = new CandidateScore(estimates[_places[i]].Value, _costs[i], double.NaN);
        return objective.Choose(scores, s_terms, stackalloc double[s_served.Length]);
    }
}
