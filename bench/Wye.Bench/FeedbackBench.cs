using System.Globalization;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;
using Wye.Learning.Numerics;
using Wye.Learning.Outcomes;
using Wye.Learning.Reading;
using Wye.Primitives;
using Wye.Quality.Estimates;
using Wye.Quality.Files;
using Wye.Quality.Prior;
using Wye.Quality.Routers;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>
/// What judgements of a new model's answers are worth: how far its expected quality is off, and how well it ranks prompts,
/// after so many of them, on questions the router was not trained on.
/// </summary>
/// <remarks>
/// The new models are those of the set that the router has no head for. The measured model that is nearest by its mean quality
/// speaks for each, as a configured likeness would. Which questions are judged is drawn at random; others are scored.
/// </remarks>
internal static class FeedbackBench
{
    private const int Rounds = 3;

    // Of a model with fewer answers no mean would be of the same questions.
    private const double LeastAnswered = 0.95;
    private static readonly int[] s_judged = [0, 10, 30, 100, 300, 1000];

    public static void Run(string file, string folder, TextWriter output)
    {
        using var stream = File.OpenRead(file);
        var (manifest, router) = RouterFile.Read(stream);
        var set = LabelledSetReader.Read(folder);
        int[] unseen =
        [
            .. Enumerable.Range(0, set.Queries.Count).Where(q => RouterScoring.IsUnseen(router, set.Queries[q])),
        ];
        var prompts = Array.ConvertAll(unseen, q => Read(router, set.Queries[q]));
        float[] levels =
        [
            .. Enumerable.Range(0, router.Models.Count).Select(head => prompts.Average(one => one.Qualities[head])),
        ];
        var newcomers = Enumerable
            .Range(0, set.Models.Count)
            .Where(model =>
                router.IndexOf(set.Models[model]) < 0
                && unseen.Count(q => !float.IsNaN(set.Score(q, model))) >= LeastAnswered * unseen.Length
            )
            .ToArray();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{newcomers.Length} models, {unseen.Length} questions, {Rounds} draws each"
            )
        );
        output.WriteLine("judged\tBrier\tBrier, mean only\tAUC");
        foreach (var judged in s_judged)
        {
            var all = newcomers
                .SelectMany(model =>
                    Enumerable
                        .Range(1, Rounds)
                        .Select(round => Score(set, unseen, prompts, levels, model, judged, round))
                )
                .ToArray();
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{judged}\t{all.Average(one => one.Brier):0.0000}\t{all.Average(one => one.MeanOnly):0.0000}\t{all.Average(one => one.Auc):0.0000}"
                )
            );
        }

        FeedbackLoop.Run(manifest, router, set, unseen, output);
    }

    private static (float[] Qualities, float[] Position) Read(RouterSnapshot router, LabelledQuery query)
    {
        using var prompt = PromptScoring.Rent(A.Asked(query.Prompt));
        return (prompt.Qualities(router).ToArray(), prompt.Position(router).ToArray());
    }

    private static (double Brier, double MeanOnly, double Auc) Score(
        LabelledSet set,
        int[] unseen,
        (float[] Qualities, float[] Position)[] prompts,
        float[] levels,
        int model,
        int judged,
        int round
    )
    {
        var random = new Gaussian((ulong)round);
        int[] answered =
        [
            .. Enumerable
                .Range(0, unseen.Length)
                .Where(i => !float.IsNaN(set.Score(unseen[i], model)))
                .OrderBy(_ => random.NextBits()),
        ];
        float Truth(int i) => set.Score(unseen[i], model);
        float mean = answered.Average(Truth);
        int like = Enumerable.Range(0, levels.Length).MinBy(head => Math.Abs(levels[head] - mean));
        float Expected(int i) => Math.Clamp(prompts[i].Qualities[like], 0, 1);

        var (placed, unplaced) = (new ResidualSums(), new ResidualSums());
        foreach (int i in answered.Take(judged))
        {
            int missed = (int)Math.Round((Truth(i) - Expected(i)) * ResidualSums.Whole);
            placed.Add(PromptPosition.Of(prompts[i].Position), missed, 1);
            unplaced.Add(PromptPosition.Unknown, missed, 1);
        }

        var (by, flat) = (placed.Fit(OutcomeLearner.Pseudo), unplaced.Fit(OutcomeLearner.Pseudo));
        int[] scored = answered[s_judged[^1]..];
        float[] truth = Array.ConvertAll(scored, Truth);
        float[] estimates = Array.ConvertAll(scored, i => Math.Clamp(Expected(i) + by.Of(prompts[i].Position), 0, 1));
        float[] shifted = Array.ConvertAll(scored, i => Math.Clamp(Expected(i) + flat.Of(prompts[i].Position), 0, 1));
        return (
            CalibrationError.Of(estimates, truth).Brier,
            CalibrationError.Of(shifted, truth).Brier,
            Auc(truth, estimates)
        );
    }

    // Chance that a good answer's prompt stands above a bad one's; ties count half.
    private static double Auc(float[] truth, float[] estimates)
    {
        var order = Enumerable.Range(0, truth.Length).OrderBy(i => estimates[i]).ToArray();
        double below = 0;
        double sum = 0;
        double good = 0;
        for (var i = 0; i < order.Length; )
        {
            var end = i;
            double tiedGood = 0;
            double tiedBad = 0;
            for (; end < order.Length && estimates[order[end]] == estimates[order[i]]; end++)
            {
                tiedGood += truth[order[end]];
                tiedBad += 1 - truth[order[end]];
            }

            sum += tiedGood * (below + (tiedBad / 2));
            below += tiedBad;
            good += tiedGood;
            i = end;
        }

        return sum / (good * below);
    }
}
